import { Enums, PanTool, ToolGroupManager, WindowLevelTool, ZoomTool } from '@cornerstonejs/tools';
import type { MarkKind } from '@/lib/live/mark-state.ts';
import type { MeasurementKind } from '@/lib/live/measurement-state.ts';

/** What the left button does of the viewer's own; the middle one always moves, the right one always zooms, the wheel always scrolls. */
export const tools = ['window', 'pan', 'zoom', 'scroll'] as const;
/** The others are hands' (hands.ts): they take the gesture while their tool is chosen. */
export type ToolId = (typeof tools)[number] | 'crosshair' | MeasurementKind | `mark-${MarkKind}`;

/** Whether a double click is nothing of the tool's own. */
export const isOwnTool = (tool: ToolId): boolean => tools.some((one) => one === tool);

type OwnTool = Exclude<(typeof tools)[number], 'scroll'>;
const names: Record<OwnTool, string> = {
  window: WindowLevelTool.toolName,
  pan: PanTool.toolName,
  zoom: ZoomTool.toolName,
};
const { Primary, Auxiliary, Secondary } = Enums.MouseBindings;

/** The mouse and touch tools of one engine's viewports. What is none of theirs leaves the left button to the stage and to hands. */
export class Tools {
  private readonly group;

  constructor(private readonly engineId: string) {
    const group = ToolGroupManager.createToolGroup(engineId);
    if (!group) throw new Error('The tool group exists already');
    this.group = group;
    for (const name of Object.values(names)) group.addTool(name);
    this.choose('window');
  }

  add(viewportId: string): void {
    this.group.addViewport(viewportId, this.engineId);
  }

  remove(viewportId: string): void {
    this.group.removeViewports(this.engineId, viewportId);
  }

  choose(tool: ToolId): void {
    const bindings = (id: OwnTool, own: number[]) =>
      [...own, ...(tool === id ? [Primary] : [])].map((mouseButton) => ({ mouseButton }));
    for (const name of Object.values(names)) this.group.setToolPassive(name, { removeAllBindings: true });
    this.group.setToolActive(names.pan, {
      bindings: [...bindings('pan', [Auxiliary]), { numTouchPoints: 2 }],
    });
    this.group.setToolActive(names.zoom, { bindings: bindings('zoom', [Secondary]) });
    if (tool === 'window') this.group.setToolActive(names.window, { bindings: bindings('window', []) });
  }

  close(): void {
    ToolGroupManager.destroyToolGroup(this.engineId);
  }
}
