/** Comes with the whole viewer, of which nothing runs before this is called: to start it takes the page half a second. */
export const startViewer = () =>
  import(/* webpackMode: "eager" */ './viewer-app.tsx').then((module) => module.ViewerApp);
