package dev.halfwave.onnx;

import dev.halfwave.nn.NamedLayers;
import java.util.Map;

/** The layer that imported models are, by its name. */
public final class OnnxLayers implements NamedLayers {
    @Override
    public Map<String, Class<? extends Record>> byName() {
        return Map.of("onnx", OnnxLayer.class);
    }
}
