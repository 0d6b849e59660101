/** The viewer where there is no window: next.config.js puts it in the place of viewer-app.tsx. */
export const ViewerApp = () => null;
