import { dot, type Mm3 } from '../dicom/image-plane.ts';

/** Edges of one voxel as vectors in patient mm: along a row, along a column, from slice to slice. */
export type VoxelEdges = readonly [Mm3, Mm3, Mm3];

/** A value and the half width of its 95 % interval, in the same unit. */
export type Measured = { value: number; plusMinus: number };

/**
 * Variance [unit²] that the voxels' size gives to a quantity whose gradient by one point's position is `gradient`
 * [unit/mm]. Whoever sets a point can tell a voxel from its neighbour, not one end of it from the other: the true place
 * is anywhere within ± half a voxel with equal probability, along each edge independently. A rectangular distribution
 * of width w has the variance w²/12 (JCGM 100:2008, 4.3.7), propagated by the gradient (5.1.2).
 *
 * It is the image's part of the uncertainty alone: not the reader's hand, the partial volume effect or breathing.
 */
export const positionVariance = (edges: VoxelEdges, gradient: Mm3): number =>
  edges.reduce((sum, edge) => sum + dot(edge, gradient) ** 2 / 12, 0);

/** Expanded uncertainty with coverage factor 2, about 95 % (JCGM 100:2008, 6.2 and G.6.6). */
export const measured = (value: number, variance: number): Measured => ({
  value,
  plusMinus: 2 * Math.sqrt(variance),
});
