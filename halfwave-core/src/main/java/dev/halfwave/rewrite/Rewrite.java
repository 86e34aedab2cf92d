package dev.halfwave.rewrite;

import dev.halfwave.graph.Value;
import java.util.List;
import java.util.Optional;

/** A rule that replaces one node by something equal. */
public interface Rewrite {
    /** The rule's name, as in {@code fuse-bias}. */
    String name();

    /** The equation that makes it right. */
    String law();

    /** What takes the place of the node's only output, if the rule fits here. */
    Optional<Value> apply(Site site);

    /**
     * What takes the place of a node's outputs, one value for each, if the rule fits here. A rule for nodes of several
     * outputs says so here; all others are asked only where there is one.
     */
    default Optional<List<Value>> applyToAll(Site site) {
        return site.outputs() == 1 ? apply(site).map(List::of) : Optional.empty();
    }
}
