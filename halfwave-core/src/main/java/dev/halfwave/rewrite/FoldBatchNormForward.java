package dev.halfwave.rewrite;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A batch norm with given statistics that stands behind an activation goes into the filters and the bias of the
 * convolution or product that follows it.
 *
 * <p>The norm is affine in each channel, and so is what follows: the norm's linear part scales what the filters take
 * from that channel, and the bias is what both make of zeros. Padding would be scaled zeros on one side and shifted
 * ones on the other, so there must be none. All of it follows from parameters and is computed once per version of them.
 *
 * <p>A norm right behind a convolution is left to {@link FoldBatchNorm}. In front of a max pool it stays: a channel
 * whose γ is negative turns the largest element into the smallest, and its sign is not known when a program is compiled.
 */
public record FoldBatchNormForward() implements Rewrite {
    @Override
    public String name() {
        return "fold-batch-norm-forward";
    }

    @Override
    public String law() {
        return "conv(norm(x), w, b) = conv(x, w · γ/σ, conv(norm(0), w, b)) without padding; likewise for matmul";
    }

    @Override
    public Optional<Value> apply(Site site) {
        return takesScales(site)
                ? site.soleProducer(0).filter(norm -> isOnItsOwn(site, norm)).map(norm -> fold(site, norm))
                : Optional.empty();
    }

    private static boolean takesScales(Site site) {
        boolean everyPixelCounts = site.op() instanceof Conv2d conv
                        && conv.groups() == 1
                        && !conv.vertical().padded()
                        && !conv.horizontal().padded()
                || site.op() instanceof MatMul product && !product.transposeA() && !product.transposeB();
        return everyPixelCounts && areLasting(site.inputs());
    }

    private static boolean isOnItsOwn(Site site, Node norm) {
        return norm.op() instanceof FrozenBatchNorm
                && areLasting(norm.inputs())
                && !norm.input(0).producer().isLasting() // as are the zeros that give the bias
                && !site.isShared(norm.input(0))
                && !isLinear(norm.input(0).producer().op());
    }

    private static boolean areLasting(List<Value> inputs) {
        return inputs.stream().skip(1).allMatch(value -> value.producer().isLasting());
    }

    private static boolean isLinear(Op op) {
        return op instanceof BiasAdd
                || op instanceof Conv2d conv && conv.activation() instanceof Identity
                || op instanceof MatMul product && product.activation() instanceof Identity;
    }

    private static Value fold(Site site, Node norm) {
        return site.replace(site.op(), List.of(norm.input(0), filters(site, norm), bias(site, norm)));
    }

    /** {@code w[…, c, k] · γ[c]/σ[c]}: the norm without mean and β, on rows that hold all c and k. */
    private static Value filters(Site site, Node norm) {
        Value w = site.input(1);
        int row = w.shape().size(-2) * w.shape().size(-1);
        Value rows = site.derive("rows", new Reshape(Shape.of(w.shape().elements() / row, row)), w);
        Value zero = site.constant(Tensor.zeros(Shape.of(row)));
        Value gamma = repeated(site, "gamma", norm.input(1), w.shape().size(-1));
        Value variance = repeated(site, "variance", norm.input(4), w.shape().size(-1));
        Value scaled = site.derive("scaled", norm.op(), rows, gamma, zero, zero, variance);
        return site.derive("filters", new Reshape(w.shape()), scaled);
    }

    /** Every number of a channel once per filter: {@code [C]} to {@code [C·K]}. */
    private static Value repeated(Site site, String what, Value perChannel, int times) {
        int c = perChannel.shape().elements();
        Value column = site.derive(what + "_column", new Reshape(Shape.of(c, 1)), perChannel);
        Value ones = site.constant(Tensor.full(Shape.of(1, times), 1));
        Value table = site.derive(what + "_table", new MatMul(false, false), column, ones);
        return site.derive(what, new Reshape(Shape.of(c * times)), table);
    }

    /** What norm and filters make of as many zeros as one window sees. */
    private static Value bias(Site site, Node norm) {
        Value w = site.input(1);
        Shape one = w.shape().rank() == 4
                ? Shape.of(1, w.shape().size(0), w.shape().size(1), w.shape().size(2))
                : Shape.of(1, w.shape().size(0));
        List<Value> inputs = new ArrayList<>(site.inputs());
        List<Value> normed = new ArrayList<>(norm.inputs());
        normed.set(0, site.constant(Tensor.zeros(one)));
        inputs.set(0, site.derive("zeros", norm.op(), normed.toArray(Value[]::new)));
        Op plain = w.shape().rank() == 4
                ? new Conv2d(
                        Window.of(w.shape().size(0), 1), Window.of(w.shape().size(1), 1), 1)
                : new MatMul(false, false);
        Value sums = site.derive("sums", plain, inputs.toArray(Value[]::new));
        return site.derive("bias", new Reshape(Shape.of(w.shape().size(-1))), sums);
    }
}
