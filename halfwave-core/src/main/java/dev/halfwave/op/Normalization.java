package dev.halfwave.op;

import dev.halfwave.graph.Frame;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.kernel.ChannelKernels;
import dev.halfwave.tensor.Shape;
import java.util.List;

/**
 * What the four ops of batch normalisation share: {@code y = γ · (x − mean) / σ + β} with {@code σ = √(variance + ε)}.
 *
 * @param epsilon ε
 */
record Normalization(double epsilon) {

    /** That epsilon is a positive number. */
    static void check(double epsilon) {
        if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "batch norm: expected an epsilon above 0, received " + epsilon + "; 1e-5 is usual");
        }
    }

    /** That the inputs from {@code first} on are x, {@code [..., C]}, and the named numbers per channel. */
    static void check(List<Shape> inputs, int first, String... names) {
        Expect.inputs(inputs, first + 1 + names.length, first + 1 + names.length);
        Shape x = inputs.get(first);
        for (int i = 0; i < names.length; i++) {
            Expect.perChannel(names[i], inputs.get(first + 1 + i), x);
        }
    }

    /** The shapes of dx, dγ and dβ, given those of dy, x, γ, mean and variance. */
    static List<Shape> gradients(List<Shape> inputs) {
        check(inputs, 1, "gamma", "mean", "variance");
        Expect.shape("a gradient", inputs.get(0), inputs.get(1));
        return List.of(inputs.get(1), inputs.get(2), inputs.get(2));
    }

    /** 1 / σ. */
    double inverse(double variance) {
        return 1 / Math.sqrt(variance + epsilon);
    }

    /** The step that computes y from x and the numbers per channel, all of which are known when it starts. */
    Step apply(Lowering lowering, Slot mean, Slot variance) {
        Slot x = lowering.input(0);
        Slot gamma = lowering.input(1);
        Slot beta = lowering.input(2);
        Slot y = lowering.output(0);
        int c = lowering.inputShape(1).elements();
        Slot scale = lowering.scratch(c);
        Slot shift = lowering.scratch(c);
        ChannelKernels kernels = lowering.kernels().channels();
        return Step.sequence(
                f -> {
                    scales(f, gamma, variance, scale, c);
                    shifts(f, beta, mean, scale, shift, c);
                },
                Grain.rows(
                        lowering.outputShape(0).rows(),
                        c,
                        (f, from, to) -> kernels.scaleShift(
                                f.array(x),
                                x.offset() + from * c,
                                f.array(scale),
                                scale.offset(),
                                f.array(shift),
                                shift.offset(),
                                f.array(y),
                                y.offset() + from * c,
                                to - from,
                                c)));
    }

    /** {@code scale = a / σ}, channel by channel; scale may be a. */
    void scales(Frame f, Slot a, Slot variance, Slot scale, int c) {
        float[] as = f.array(a);
        float[] variances = f.array(variance);
        float[] scales = f.array(scale);
        for (int j = 0; j < c; j++) {
            scales[scale.offset() + j] = (float) (as[a.offset() + j] * inverse(variances[variance.offset() + j]));
        }
    }

    /** {@code shift = β − mean · scale}, channel by channel. */
    private static void shifts(Frame f, Slot beta, Slot mean, Slot scale, Slot shift, int c) {
        float[] betas = f.array(beta);
        float[] means = f.array(mean);
        float[] scales = f.array(scale);
        float[] shifts = f.array(shift);
        for (int j = 0; j < c; j++) {
            shifts[shift.offset() + j] =
                    (float) (betas[beta.offset() + j] - (double) means[mean.offset() + j] * scales[scale.offset() + j]);
        }
    }

    /** The step that computes dγ and dβ, outputs 1 and 2, from dy, x, γ, mean and variance, inputs 0 to 4. */
    Step parameterGradients(Lowering lowering) {
        int c = lowering.inputShape(2).elements();
        Chunks chunks = Chunks.of(lowering.inputShape(0).rows());
        Slot sums = lowering.scratch(chunks.count() * c);
        Slot dots = lowering.scratch(chunks.count() * c);
        Slot variance = lowering.input(4);
        Slot dgamma = lowering.output(1);
        Slot dbeta = lowering.output(2);
        return Step.sequence(chunkSums(lowering, chunks, sums, dots, c), f -> {
            chunks.merge(f.array(sums), sums.offset(), f.array(dbeta), dbeta.offset(), c);
            chunks.merge(f.array(dots), dots.offset(), f.array(dgamma), dgamma.offset(), c);
            scales(f, dgamma, variance, dgamma, c);
        });
    }

    /** {@code Σ dy} and {@code Σ dy · (x − mean)} over each chunk. */
    private static Step chunkSums(Lowering lowering, Chunks chunks, Slot sums, Slot dots, int c) {
        Slot dy = lowering.input(0);
        Slot x = lowering.input(1);
        Slot mean = lowering.input(3);
        ChannelKernels kernels = lowering.kernels().channels();
        return Step.tasks(
                chunks.count(),
                (f, i) -> kernels.gradientSums(
                        f.array(dy),
                        dy.offset() + chunks.start(i) * c,
                        f.array(x),
                        x.offset() + chunks.start(i) * c,
                        f.array(mean),
                        mean.offset(),
                        f.array(sums),
                        sums.offset() + i * c,
                        f.array(dots),
                        dots.offset() + i * c,
                        chunks.length(i),
                        c));
    }
}
