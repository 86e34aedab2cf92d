package dev.halfwave.rewrite;

import dev.halfwave.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A scale in front of a convolution or a product goes into its filters, if nothing but such layers reads what is scaled.
 * Padding may be there: zeros scaled are zeros.
 */
public record FoldScaleForward() implements Rewrite {
    @Override
    public String name() {
        return "fold-scale-forward";
    }

    @Override
    public String law() {
        return "conv(s · x, w, b) = conv(x, s · w, b); likewise for matmul, and for 1/s";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (site.inputs().isEmpty() || !Scale.isKind(site.input(0).producer().op())) {
            return Optional.empty();
        }
        return Linear.of(site)
                .filter(linear -> site.isReadOnlyBy(0, Linear::takes))
                .flatMap(linear -> site.producer(0).flatMap(Scale::of).map(scale -> folded(site, scale, linear)));
    }

    private static Value folded(Site site, Scale scale, Linear linear) {
        List<Value> inputs = new ArrayList<>(site.inputs());
        inputs.set(0, scale.x());
        Value perChannel = scale.spread(site, !linear.unitsAreLast());
        inputs.set(1, site.derive("filters", scale.op(), inputs.get(1), perChannel));
        return site.replace(site.op(), inputs);
    }
}
