package dev.halfwave.inspect;

import dev.halfwave.nn.Model;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The linear regions that a line or a plane through images crosses: the pieces on which no gate of a piecewise linear
 * network flips, counted exactly.
 *
 * <p>The line or plane is followed through the network op by op as cells on which everything so far is affine; a gate cuts
 * the cells that its kinks cross. Double precision; pieces on which a gate's input stays within 1e-11 of its kink, in parts
 * of the input's size there, are not told apart.
 *
 * <pre>{@code
 * LinearRegions line = LinearRegions.alongLine(model, seven, nine, 100_000);
 * int count = line.count();
 * }</pre>
 *
 * @param cells one per region, in no particular order on a plane and from start to end on a line
 * @param complete whether these are all; if not, there were more than were asked for
 * @see <a href="https://arxiv.org/abs/1901.09021">Hanin and Rolnick 2019</a>
 */
public record LinearRegions(List<Region> cells, boolean complete) {
    /** Keeps its own copy of the list. */
    public LinearRegions {
        cells = List.copyOf(cells);
    }

    /**
     * One region's part of the line or plane.
     *
     * @param corners its ends {@code [2][1]}, or the corners of a convex polygon around {@code [n][2]}
     * @param best the class of the largest logit in its middle
     */
    @SuppressWarnings("ArrayRecordComponent") // coordinates to draw
    public record Region(double[][] corners, int best) {}

    /** How many regions there are, or, if it is not complete, were found. */
    public int count() {
        return cells.size();
    }

    /** Where on the line the gates flip, rising between 0 and 1. */
    public List<Double> flips() {
        return cells.stream()
                .skip(1)
                .map(region -> region.corners()[0][0])
                .sorted()
                .toList();
    }

    /**
     * The regions from one image to another: x = from + t · (to − from), t from 0 to 1.
     *
     * @param most how many regions to look for
     * @throws IllegalArgumentException if the network is not piecewise linear, or an image has another shape
     */
    public static LinearRegions alongLine(Model model, Tensor from, Tensor to, int most) {
        List<double[]> ends = List.of(new double[] {0}, new double[] {1});
        return new RegionWalk(model, most).walk(ends, places(from, List.of(to), ends));
    }

    /**
     * The regions on the plane through three images: x = a + s · (b − a) + t · (c − a), s and t from −margin to 1 +
     * margin.
     *
     * @param margin how much more to look at than the square whose three corners are the images, 0 or more
     * @param most how many regions to look for
     * @throws IllegalArgumentException if the network is not piecewise linear, or an image has another shape
     */
    public static LinearRegions onPlane(Model model, Tensor a, Tensor b, Tensor c, double margin, int most) {
        double low = -margin;
        double high = 1 + margin;
        List<double[]> corners = List.of(
                new double[] {low, low}, new double[] {high, low}, new double[] {high, high}, new double[] {low, high});
        return new RegionWalk(model, most).walk(corners, places(a, List.of(b, c), corners));
    }

    private static List<DoubleTensor> places(Tensor origin, List<Tensor> others, List<double[]> corners) {
        List<DoubleTensor> images = new ArrayList<>();
        for (double[] corner : corners) {
            DoubleTensor image = DoubleTensor.zeros(origin.shape().prepend(1));
            for (int i = 0; i < image.data().length; i++) {
                double pixel = origin.data()[i];
                for (int axis = 0; axis < corner.length; axis++) {
                    pixel += corner[axis] * ((double) others.get(axis).data()[i] - origin.data()[i]);
                }
                image.data()[i] = pixel;
            }
            images.add(image);
        }
        return images;
    }
}
