package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Embed;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Resample;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Scatter;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Take;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Channels among zeros stay so through what treats every channel on its own and makes zeros of zeros; so it can be done to
 * the channels alone.
 *
 * <p>Pools, borders, reductions over places, activations that are 0 at 0, concatenation, and reshapes that leave the
 * channels of a place side by side, as flattening does.
 */
public record SinkScatter() implements Rewrite {
    @Override
    public String name() {
        return "sink-scatter";
    }

    @Override
    public String law() {
        return "f(scatter(x, k)) = scatter(f(x), k) for f that treats channels alike and makes 0 of 0; likewise for flatten"
                + " and concat with their indices";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!passes(site.op(), site.inputs(), site.shape())) {
            return Optional.empty();
        }
        if (site.op() instanceof Concat) {
            return concat(site);
        }
        return scatter(site, 0).map(node -> {
            Indices channels = ((Scatter) node.op()).indices();
            return site.op() instanceof Reshape
                    ? reshape(site, node.input(0), channels)
                    : wrap(site, site.derive("live", site.op(), node.input(0)), channels);
        });
    }

    private static Optional<Node> scatter(Site site, int input) {
        return site.producer(input).filter(SinkScatter::isAlongChannels);
    }

    /** Whether a node puts channels among zeros. */
    static boolean isAlongChannels(Node node) {
        return node.op() instanceof Scatter scatter
                && !node.isLasting()
                && isLast(scatter.axis(), node.output().shape());
    }

    /** Whether a node could let channels of zeros, which it gets as that value, pass. */
    static boolean passes(Node node, Value value) {
        return node.outputs().size() == 1
                && passes(node.op(), node.inputs(), node.output().shape());
    }

    private static boolean passes(Op op, List<Value> inputs, Shape result) {
        if (inputs.isEmpty() || inputs.get(0).shape().rank() == 0 || result.rank() == 0) {
            return false;
        }
        Shape x = inputs.get(0).shape();
        return op instanceof AvgPool2d
                || op instanceof MaxPool2d pool && !pool.hasEmptyWindows(x)
                || op instanceof Activate activate && activate.activation().at(0) == 0
                || op instanceof Concat concat && isLast(concat.axis(), x)
                || op instanceof Reshape && result.size(-1) % x.size(-1) == 0
                || op instanceof Reduce reduce && reduce.axes().stream().noneMatch(axis -> isLast(axis, x))
                || isAlongPlaces(op, x);
    }

    private static boolean isAlongPlaces(Op op, Shape x) {
        return op instanceof Embed embed && !isLast(embed.axis(), x)
                || op instanceof Slice slice && !isLast(slice.axis(), x)
                || op instanceof Take take && !isLast(take.axis(), x)
                || op instanceof Resample resample && !isLast(resample.axis(), x);
    }

    private static boolean isLast(int axis, Shape shape) {
        return axis == -1 || axis == shape.rank() - 1;
    }

    private static Value wrap(Site site, Value live, Indices places) {
        return site.replace(new Scatter(-1, places, site.shape().size(-1)), List.of(live));
    }

    /** Several places in one row, each with its channels side by side. */
    private static Value reshape(Site site, Value live, Indices channels) {
        int c = site.input(0).shape().size(-1);
        int repeats = site.shape().size(-1) / c;
        int[] all = IntStream.range(0, repeats)
                .flatMap(place -> IntStream.of(channels.toArray()).map(channel -> place * c + channel))
                .toArray();
        Op flatten = new Reshape(site.shape().with(-1, all.length));
        return wrap(site, site.derive("live", flatten, live), Indices.of(all));
    }

    /** Channels of several, of which those that are no scatter keep all. */
    private static Optional<Value> concat(Site site) {
        List<Value> parts = new ArrayList<>();
        IntStream places = IntStream.empty();
        int start = 0;
        for (int i = 0; i < site.inputs().size(); i++) {
            Optional<Node> scatter = scatter(site, i);
            int size = site.input(i).shape().size(-1);
            int first = start;
            parts.add(scatter.map(node -> node.input(0)).orElse(site.input(i)));
            IntStream channels = scatter.map(
                            node -> IntStream.of(((Scatter) node.op()).indices().toArray()))
                    .orElse(IntStream.range(0, size));
            places = IntStream.concat(places, channels.map(channel -> first + channel));
            start += size;
        }
        Indices all = Indices.of(places.toArray());
        return all.size() < start
                ? Optional.of(wrap(site, site.derive("live", site.op(), parts.toArray(Value[]::new)), all))
                : Optional.empty();
    }
}
