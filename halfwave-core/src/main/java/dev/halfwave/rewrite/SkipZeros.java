package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Scatter;
import dev.halfwave.op.Take;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Weights that would only meet the zeros of a scatter in front are left out, and so is the scatter. */
public record SkipZeros() implements Rewrite {
    @Override
    public String name() {
        return "skip-zeros";
    }

    @Override
    public String law() {
        return "conv(scatter(x, k), w, b) = conv(x, take(w, k), b); likewise for matmul";
    }

    @Override
    public Optional<Value> apply(Site site) {
        return Linear.of(site)
                .flatMap(linear -> site.producer(0)
                        .filter(node -> node.op() instanceof Scatter && SinkScatter.isAlongChannels(node))
                        .map(scatter -> replace(site, linear, scatter)));
    }

    private static Value replace(Site site, Linear linear, Node scatter) {
        Take kept = new Take(linear.channelAxis(), ((Scatter) scatter.op()).indices());
        List<Value> inputs = new ArrayList<>(site.inputs());
        inputs.set(0, scatter.input(0));
        inputs.set(1, site.derive("weights", kept, inputs.get(1)));
        return site.replace(site.op(), inputs);
    }
}
