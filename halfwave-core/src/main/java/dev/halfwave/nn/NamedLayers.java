package dev.halfwave.nn;

import java.util.Map;

/**
 * Layers that another module brings along, found by {@link java.util.ServiceLoader}, so that networks made of them can be
 * described and kept in checkpoints.
 */
public interface NamedLayers {
    /** The record of each layer by the name that stands for it in descriptions. */
    Map<String, Class<? extends Record>> byName();
}
