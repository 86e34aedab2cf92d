package dev.halfwave.rewrite;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MatMul;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A batch norm with given statistics that follows a convolution or a product goes into its filters and its bias.
 *
 * <p>Batch norm is affine in each channel: {@code norm(z) = s · z + norm(0)} with {@code s = γ / σ}. So its linear
 * part, which is the same norm with a mean and a β of zero, scales the filters, and the norm itself is applied to the
 * bias. Both follow from parameters alone and are computed once per version of them; what is left for each image is the
 * convolution.
 *
 * @see <a href="https://arxiv.org/abs/1712.05877">Jacob et al. 2018, section 3.2, equation 14</a>
 */
public record FoldBatchNorm() implements Rewrite {
    @Override
    public String name() {
        return "fold-batch-norm";
    }

    @Override
    public String law() {
        return "norm(conv(x, w, b)) = conv(x, γ/σ · w, norm(b)); likewise for matmul";
    }

    @Override
    public Optional<Value> apply(Site site) {
        boolean lasting = site.op() instanceof FrozenBatchNorm
                && site.inputs().stream().skip(1).allMatch(FoldBatchNorm::isLasting);
        return lasting
                ? site.soleProducer(0).filter(FoldBatchNorm::isScalable).map(linear -> fold(site, linear))
                : Optional.empty();
    }

    private static boolean isScalable(Node node) {
        boolean channelsLast = node.op() instanceof Conv2d conv && conv.activation() instanceof Identity
                || node.op() instanceof MatMul product
                        && product.activation() instanceof Identity
                        && !product.transposeB();
        return channelsLast && node.inputs().stream().skip(1).allMatch(FoldBatchNorm::isLasting);
    }

    private static boolean isLasting(Value value) {
        return value.producer().isLasting();
    }

    private static Value fold(Site site, Node linear) {
        Value gamma = site.input(1);
        Value zero = site.constant(Tensor.zeros(gamma.shape()));
        Value bias = linear.inputs().size() == 3 ? linear.input(2) : zero;
        Value scaled = site.derive("filters", site.op(), linear.input(1), gamma, zero, zero, site.input(4));
        Value shifted = site.derive("bias", site.op(), bias, gamma, site.input(2), site.input(3), site.input(4));
        return site.replace(linear.op(), List.of(linear.input(0), scaled, shifted));
    }
}
