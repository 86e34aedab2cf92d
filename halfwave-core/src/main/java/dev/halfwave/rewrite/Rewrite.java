package dev.halfwave.rewrite;

import dev.halfwave.graph.Value;
import java.util.Optional;

/** A rule that replaces one node by something equal. */
public interface Rewrite {
    /** The rule's name, as in {@code fuse-bias}. */
    String name();

    /** The equation that makes it right. */
    String law();

    /** What takes the place of the node's only output, if the rule fits here. */
    Optional<Value> apply(Site site);
}
