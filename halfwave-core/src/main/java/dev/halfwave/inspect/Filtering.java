package dev.halfwave.inspect;

import dev.halfwave.activation.Relu;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Conv2d;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import dev.halfwave.tensor.Window;

/** Convolves an image with one filter and rectifies the result, as a graph of the ops that networks are made of. */
public final class Filtering {
    private static final String IMAGE = "image";
    private static final String FEATURES = "features";
    private static final String RECTIFIED = "rectified";

    /** How bright red, green and blue are, by Rec. 601: a colour image is filtered as its grey one would be. */
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    private Filtering() {}

    /**
     * The feature map of an image and what the rectifier leaves of it.
     *
     * <p>The filter stays inside the image, which gives maps {@code [H − rows + 1, W − columns + 1, 1]}: padding would
     * show edges that are not there.
     *
     * @param image {@code [H, W, 1]}, or {@code [H, W, 3]} of which the luma is filtered
     * @throws IllegalArgumentException if the image is of another shape, or smaller than the filter
     */
    public static Rectification rectify(Filter filter, Tensor image, WorkerPool pool) {
        Shape shape = image.shape();
        if (shape.rank() != 3 || (shape.size(2) != 1 && shape.size(2) != 3)) {
            throw new IllegalArgumentException(
                    "filter " + filter.name() + ": expected an image [H, W, 1] or [H, W, 3], received " + shape
                            + "; choose some of its channels");
        }
        GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
        Window down = Window.of(filter.weights().shape().size(0), 1);
        Window across = Window.of(filter.weights().shape().size(1), 1);
        Value x = g.input(IMAGE, shape.prepend(1));
        Value z = g.add(new Conv2d(down, across, 1), x, g.constant(perChannel(filter.weights(), shape.size(2))));
        g.output(FEATURES, z);
        g.output(RECTIFIED, g.add(new Activate(new Relu()), z));
        ParameterLayout none = ParameterLayout.of(g.build());
        Session session = Compiler.compile(g.build(), none).session(new Parameters(none), pool);
        session.feed(IMAGE, image.reshape(shape.prepend(1))).run(0);
        Shape map = z.shape().dropFirst();
        return new Rectification(
                image,
                new Relu().spec(),
                session.output(FEATURES).reshape(map),
                session.output(RECTIFIED).reshape(map));
    }

    /** The weights as a convolution's, {@code [rows, columns, channels, 1]}. */
    private static Tensor perChannel(Tensor weights, int channels) {
        Shape shape = Shape.of(weights.shape().size(0), weights.shape().size(1), channels, 1);
        Tensor filters = Tensor.zeros(shape);
        for (int i = 0; i < filters.data().length; i++) {
            filters.data()[i] = weights.data()[i / channels] * (channels == 1 ? 1 : LUMA[i % channels]);
        }
        return filters;
    }
}
