package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.PRelu;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A scale that is not negative is as good behind a rectifier, its leaky kin or a max pool as in front; any scale is behind
 * an average.
 *
 * <p>It moves where it is on its way to a convolution or a product, whose weights take it in by {@link FoldScaleForward},
 * and where nothing else reads what it passes: otherwise it would not save a pass.
 */
public record PositiveHomogeneity() implements Rewrite {
    @Override
    public String name() {
        return "positive-homogeneity";
    }

    @Override
    public String law() {
        return "f(s · x) = s · f(x) for s ≥ 0 and f of two slopes that meet in the origin; likewise for maxpool;"
                + " avgpool(s · x) = s · avgpool(x); reshape(s · x) = s · reshape(x)";
    }

    @Override
    public Optional<Value> apply(Site site) {
        return site.inputs().isEmpty() || !Scale.isKind(site.input(0).producer().op()) || !isKind(site.op())
                ? Optional.empty()
                : site.soleProducer(0)
                        .flatMap(Scale::of)
                        .filter(scale ->
                                letsPass(site.op(), site.inputs(), site.shape(), scale) && isOnItsWay(site, scale))
                        .map(scale -> swapped(site, scale));
    }

    /** Whether there is one way on, which ends in weights. */
    private static boolean isOnItsWay(Site site, Scale scale) {
        return site.ends(Linear::takes, (node, value) -> letsPass(node, scale))
                .filter(ends -> ends.size() == 1)
                .isPresent();
    }

    private static boolean letsPass(Node node, Scale scale) {
        return letsPass(node.op(), node.inputs(), node.output().shape(), scale);
    }

    private static boolean isKind(Op op) {
        return op instanceof Activate
                || op instanceof PRelu
                || op instanceof MaxPool2d
                || op instanceof AvgPool2d
                || op instanceof Reshape;
    }

    private static boolean letsPass(Op op, List<Value> inputs, Shape result, Scale scale) {
        if (op instanceof Reshape) {
            Shape x = inputs.get(0).shape();
            boolean one = scale.factor().shape().elements() == 1;
            return result.rank() > 0 && x.rank() > 0 && (one || result.size(-1) % x.size(-1) == 0);
        }
        boolean homogeneous = op instanceof Activate f && f.activation().positivelyHomogeneous()
                || op instanceof PRelu
                || op instanceof MaxPool2d pool
                        && !pool.hasEmptyWindows(inputs.get(0).shape());
        return op instanceof AvgPool2d || homogeneous && scale.isNonNegative();
    }

    private static Value swapped(Site site, Scale scale) {
        List<Value> inputs = new ArrayList<>(site.inputs());
        inputs.set(0, scale.x());
        Value plain = site.derive("plain", site.op(), inputs.toArray(Value[]::new));
        return site.replace(
                scale.op(), List.of(plain, scale.repeated(site, site.shape().size(-1))));
    }
}
