package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.Shape;

/**
 * Between ONNX's channels first and core's images.
 *
 * <p>{@code [N, C, L]} and {@code [N, C, H, W]} become images {@code [N, 1, L, C]} and {@code [N, H, W, C]}, and back.
 * Rewrite rules take out what meets its inverse.
 */
final class Spatial {
    private Spatial() {}

    /** The number of spatial axes, which has to be one or two. */
    static int rank(Call call, Value x) {
        int rank = x.shape().rank() - 2;
        if (rank < 1 || rank > 2) {
            throw new IllegalArgumentException("expected images [N, C, L] or [N, C, H, W], received " + x.shape());
        }
        return rank;
    }

    /** Images with channels last. */
    static Value images(Call call, Value x) {
        Shape s = x.shape();
        if (rank(call, x) == 1) {
            return call.reshape(call.add(Transpose.of(0, 2, 1), x), s.size(0), 1, s.size(2), s.size(1));
        }
        return call.add(Transpose.of(0, 2, 3, 1), x);
    }

    /** Images as ONNX wants them, with as many spatial axes as given. */
    static Value channelsFirst(Call call, Value images, int rank) {
        Shape s = images.shape();
        if (rank == 1) {
            return call.add(Transpose.of(0, 2, 1), call.reshape(images, s.size(0), s.size(2), s.size(3)));
        }
        return call.add(Transpose.of(0, 3, 1, 2), images);
    }

    /** Filters {@code [K, C, R, S]} or {@code [K, C, S]} as {@code [R, S, C, K]}. */
    static Value filters(Call call, Value w) {
        Shape s = w.shape();
        if (s.rank() == 3) {
            return call.reshape(call.add(Transpose.of(2, 1, 0), w), 1, s.size(2), s.size(1), s.size(0));
        }
        return call.add(Transpose.of(2, 3, 1, 0), w);
    }

    /** Any tensor {@code [N, C, …]} as {@code [N, …, C]}. */
    static Value channelsLast(Call call, Value x) {
        return x.shape().rank() <= 2
                ? x
                : call.add(new Transpose(Axes.moved(x.shape().rank(), 1, -1)), x);
    }

    /** The inverse of {@link #channelsLast}. */
    static Value channelsSecond(Call call, Value x) {
        return x.shape().rank() <= 2
                ? x
                : call.add(new Transpose(Axes.moved(x.shape().rank(), -1, 1)), x);
    }
}
