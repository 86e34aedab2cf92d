package dev.halfwave.inspect;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the {@link EffectiveMap} of a piecewise linear network at an image, in float32 with the kernels or in double by
 * the ops' definitions, and how far the image can move before the map changes.
 *
 * <pre>{@code
 * EffectiveMaps maps = EffectiveMaps.of(Model.load(file), WorkerPool.shared());
 * double residual = maps.exactlyAt(image).residual();
 * }</pre>
 *
 * <p>{@link #at} belongs to one thread at a time; the other methods may be called from several at once.
 */
public final class EffectiveMaps {
    private final Model model;
    private final WorkerPool pool;
    private final Linearization one;
    private final Map<String, DoubleTensor> parameters = new HashMap<>();
    private Optional<Session> session = Optional.empty();

    private EffectiveMaps(Model model, WorkerPool pool) {
        this.model = model;
        this.pool = pool;
        this.one = new Linearization(model.network(), 1);
        for (ParameterLayout.Entry entry : model.parameters().layout().entries()) {
            parameters.put(entry.key(), DoubleTensor.of(model.parameters().get(entry.key())));
        }
    }

    /**
     * The maps of a model, with the parameters that it has now.
     *
     * @throws IllegalArgumentException if the network is not piecewise linear; the text names the op
     */
    public static EffectiveMaps of(Model model, WorkerPool pool) {
        return new EffectiveMaps(model, pool);
    }

    /**
     * The map at an image in float32, with the active kernels: logits of the order of ten leave residuals of the order
     * of 1e-5.
     *
     * @param image of the network's sample shape
     * @throws IllegalArgumentException if it has another shape
     */
    public EffectiveMap at(Tensor image) {
        int classes = model.classes().size();
        int n = check(image).data().length;
        Shape batch = image.shape().prepend(classes);
        Tensor copies = Tensor.zeros(batch);
        Tensor points = Tensor.zeros(batch); // the image first, then black ones
        Tensor seeds = Tensor.zeros(Shape.of(classes, classes));
        for (int k = 0; k < classes; k++) {
            System.arraycopy(image.data(), 0, copies.data(), k * n, n);
            seeds.data()[k * classes + k] = 1;
        }
        Session run = session().feed(Network.INPUT, copies);
        run.feed(Linearization.POINT, points).feed(Linearization.SEED, seeds).run(0);
        return new EffectiveMap(
                image,
                firstRow(run.output(Network.LOGITS)),
                DoubleTensor.of(run.output(Linearization.gradientName())),
                firstRow(run.output(Linearization.frozenName())));
    }

    private Session session() {
        Session run = session.orElseGet(() -> Compiler.compile(
                        new Linearization(model.network(), model.classes().size()).graph(),
                        model.parameters().layout(),
                        new Rewriter(List.of()),
                        Providers.active())
                .session(model.parameters(), pool));
        session = Optional.of(run);
        return run;
    }

    private static DoubleTensor firstRow(Tensor rows) {
        DoubleTensor first = DoubleTensor.zeros(rows.shape().dropFirst());
        for (int i = 0; i < first.data().length; i++) {
            first.data()[i] = rows.data()[i];
        }
        return first;
    }

    /**
     * The map at an image in double precision, by the ops' own definitions: slow, with residuals of the order of 1e-13.
     *
     * @param image of the network's sample shape
     * @throws IllegalArgumentException if it has another shape
     */
    public EffectiveMap exactlyAt(Tensor image) {
        LazyInterpreter run = exactly(image);
        int classes = model.classes().size();
        DoubleTensor weights = DoubleTensor.zeros(image.shape().prepend(classes));
        int n = image.data().length;
        for (int k = 0; k < classes; k++) {
            DoubleTensor seed = DoubleTensor.zeros(Shape.of(1, classes));
            seed.data()[k] = 1;
            double[] gradient =
                    run.set(Linearization.SEED, seed).get(one.gradient()).data();
            System.arraycopy(gradient, 0, weights.data(), k * n, n);
        }
        run.set(Linearization.POINT, DoubleTensor.zeros(image.shape().prepend(1)));
        return new EffectiveMap(image, row(run.get(one.logits())), weights, row(run.get(one.frozenLogits())));
    }

    /**
     * How far an image x can move along {@code x + t · direction}, t ≥ 0, before the first gate flips; empty if none
     * ever does. Computed in double with the frozen network, whose every value is affine in t.
     *
     * @param direction of the image's shape
     * @throws IllegalArgumentException if one of them has another shape than the network's samples
     */
    public Optional<Flip> firstFlip(Tensor image, Tensor direction) {
        LazyInterpreter run = exactly(image);
        DoubleTensor moved = batchOfOne(image);
        for (int i = 0; i < moved.data().length; i++) {
            moved.data()[i] += check(direction).data()[i];
        }
        run.set(Linearization.POINT, moved);
        return FirstFlip.of(one, run);
    }

    private LazyInterpreter exactly(Tensor image) {
        return new LazyInterpreter(one.graph(), parameters).set(Network.INPUT, batchOfOne(check(image)));
    }

    private Tensor check(Tensor image) {
        if (!image.shape().equals(model.network().sample())) {
            throw new IllegalArgumentException(model.network().name() + ": expected an image "
                    + model.network().sample() + ", received " + image.shape());
        }
        return image;
    }

    private static DoubleTensor batchOfOne(Tensor image) {
        return new DoubleTensor(image.shape().prepend(1), DoubleTensor.of(image).data());
    }

    private static DoubleTensor row(DoubleTensor batchOfOne) {
        return new DoubleTensor(batchOfOne.shape().dropFirst(), batchOfOne.data());
    }
}
