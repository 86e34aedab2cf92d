package dev.halfwave.inspect;

import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Predictor;
import dev.halfwave.op.Activate;
import dev.halfwave.op.PRelu;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of an image speak for a class: three ways to divide its logit among pixels or places.
 *
 * <p>Belongs to one thread at a time.
 *
 * <pre>{@code
 * Tensor parts = Attribution.of(model, WorkerPool.shared()).gradientTimesInput(image, 7);
 * }</pre>
 */
public final class Attribution {
    private static final String SEED = "seed";
    private static final String IMAGE_GRADIENT = "image_gradient";
    private static final String FEATURES = "features";
    private static final String FEATURE_GRADIENT = "feature_gradient";
    private static final int BATCH = 64;

    private final Model model;
    private final Predictor predictor;
    private final Session session;
    private final @Nullable Node features;

    private Attribution(Model model, WorkerPool pool) {
        this.model = model;
        this.predictor = model.predictor(pool);
        Graph graph = model.network().graph(1, Mode.INFERENCE);
        GraphBuilder g = GraphBuilder.continuing(graph, Mode.INFERENCE);
        features = lastMaps(graph);
        Value logits = graph.output(Network.LOGITS);
        List<Value> from = new ArrayList<>();
        from.add(g.input(Network.INPUT, model.network().sample().prepend(1)));
        if (features != null) {
            from.add(features.output());
        }
        List<@Nullable Value> gradients =
                Differentiate.gradients(g, graph, logits, g.input(SEED, logits.shape()), from);
        g.output(IMAGE_GRADIENT, expect(gradients.get(0)));
        if (features != null) {
            g.output(FEATURES, features.output());
            g.output(FEATURE_GRADIENT, expect(gradients.get(1)));
        }
        session = Compiler.compile(g.build(), model.parameters().layout()).session(model.parameters(), pool);
    }

    private Value expect(@Nullable Value gradient) {
        if (gradient == null) {
            throw new IllegalArgumentException(
                    model.network().name() + ": expected logits that depend on the image, received constant ones");
        }
        return gradient;
    }

    /** The last activation with places to tell apart. */
    private static @Nullable Node lastMaps(Graph graph) {
        Node last = null;
        for (Node node : graph.nodes()) {
            Shape shape = node.output().shape();
            boolean activation = node.op() instanceof Activate || node.op() instanceof PRelu;
            if (activation && shape.rank() == 4 && shape.size(1) * shape.size(2) > 1) {
                last = node;
            }
        }
        return last;
    }

    /** Attributions for a model, which they follow when its parameters change. */
    public static Attribution of(Model model, WorkerPool pool) {
        return new Attribution(model, pool);
    }

    private void run(Tensor image, int k) {
        check(image, k);
        Tensor seed = Tensor.zeros(Shape.of(1, model.classes().size()));
        seed.data()[k] = 1;
        session.feed(Network.INPUT, image.reshape(image.shape().prepend(1))).feed(SEED, seed);
        session.run(0);
    }

    private void check(Tensor image, int k) {
        if (!image.shape().equals(model.network().sample())) {
            throw new IllegalArgumentException(model.network().name() + ": expected an image "
                    + model.network().sample() + ", received " + image.shape());
        }
        if (k < 0 || k >= model.classes().size()) {
            throw new IllegalArgumentException(
                    "class: expected 0 to " + (model.classes().size() - 1) + ", received " + k);
        }
    }

    /**
     * The gradient of a logit times the image, pixel by pixel, of the image's shape. For a piecewise linear network these
     * parts add up to the logit but for {@link EffectiveMap#bias}.
     *
     * @param k the class, from 0
     */
    public Tensor gradientTimesInput(Tensor image, int k) {
        run(image, k);
        Tensor parts = session.output(IMAGE_GRADIENT).reshape(image.shape());
        for (int i = 0; i < parts.data().length; i++) {
            parts.data()[i] *= image.data()[i];
        }
        return parts;
    }

    /** The layer that {@link #gradCam} looks at; empty for networks whose activations have no places. */
    public String gradCamLayer() {
        return features == null ? "" : features.name();
    }

    /**
     * Where in the last feature maps A a class finds support: {@code max(0, Σ α[k] · A[…, k])} with α the mean of the
     * logit's gradient over places. {@code [h, w, 1]}, as coarse as those maps.
     *
     * @param k the class, from 0
     * @throws IllegalArgumentException if no activation has places
     * @see <a href="https://arxiv.org/abs/1610.02391">Selvaraju et al. 2017, section 3</a>
     */
    public Tensor gradCam(Tensor image, int k) {
        if (features == null) {
            throw new IllegalArgumentException(model.network().name()
                    + ": expected an activation with height and width for Grad-CAM, received dense layers only");
        }
        run(image, k);
        Tensor maps = session.output(FEATURES);
        float[] gradient = session.output(FEATURE_GRADIENT).data();
        int channels = maps.shape().size(3);
        double[] alpha = new double[channels];
        for (int i = 0; i < gradient.length; i++) {
            alpha[i % channels] += (double) gradient[i] * channels / gradient.length;
        }
        Tensor cam = Tensor.zeros(Shape.of(maps.shape().size(1), maps.shape().size(2), 1));
        for (int place = 0; place < cam.data().length; place++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += alpha[c] * maps.data()[place * channels + c];
            }
            cam.data()[place] = (float) Math.max(0, sum);
        }
        return cam;
    }

    /**
     * By how much a class's logit falls when a square of the image is painted in the image's mean brightness.
     *
     * @param k the class, from 0
     * @param size the square's side, 1 or more and no more than the image's
     * @param step from one square to the next, 1 or more
     * @return one number per square, {@code [rows, columns, 1]}; above zero where the square speaks for the class
     */
    public Tensor occlusion(Tensor image, int k, int size, int step) {
        check(image, k);
        int h = image.shape().size(0);
        int w = image.shape().size(1);
        if (size < 1 || step < 1 || size > Math.min(h, w)) {
            throw new IllegalArgumentException("occlusion: expected a square of 1 to " + Math.min(h, w)
                    + " and a step of 1 or more, received " + size + " and " + step);
        }
        Tensor falls = Tensor.zeros(Shape.of((h - size) / step + 1, (w - size) / step + 1, 1));
        float whole = predictor.logits(image.reshape(image.shape().prepend(1))).at(0, k);
        for (int from = 0; from < falls.data().length; from += BATCH) {
            int count = Math.min(BATCH, falls.data().length - from);
            Tensor batch = Tensor.zeros(image.shape().prepend(count));
            for (int i = 0; i < count; i++) {
                int row = (from + i) / falls.shape().size(1) * step;
                int column = (from + i) % falls.shape().size(1) * step;
                occlude(image, batch, i, row, column, size);
            }
            Tensor logits = predictor.logits(batch);
            for (int i = 0; i < count; i++) {
                falls.data()[from + i] = whole - logits.at(i, k);
            }
        }
        return falls;
    }

    private static void occlude(Tensor image, Tensor batch, int number, int row, int column, int size) {
        double mean = 0;
        for (float pixel : image.data()) {
            mean += pixel / (double) image.data().length;
        }
        int n = image.data().length;
        int w = image.shape().size(1);
        int c = image.shape().size(2);
        System.arraycopy(image.data(), 0, batch.data(), number * n, n);
        for (int y = row; y < row + size; y++) {
            int start = number * n + (y * w + column) * c;
            Arrays.fill(batch.data(), start, start + size * c, (float) mean);
        }
    }
}
