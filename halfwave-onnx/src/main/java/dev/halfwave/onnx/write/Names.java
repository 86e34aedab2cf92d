package dev.halfwave.onnx.write;

import java.util.HashSet;
import java.util.Set;

/** Names that are given away only once. */
final class Names {
    private final Set<String> taken = new HashSet<>();

    /** The stem itself, or with a number behind it if it is taken. */
    String unique(String stem) {
        String name = stem;
        for (int i = 2; !taken.add(name); i++) {
            name = stem + "_" + i;
        }
        return name;
    }
}
