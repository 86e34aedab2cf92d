package dev.halfwave.train;

import dev.halfwave.name.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Picks parameters by the names of layers or their own, in which {@code *} stands for anything and {@code ?} for one
 * character: {@code block_1} picks all parameters whose key is {@code block_1} or starts with {@code block_1.}.
 *
 * @param option what messages call the choice, as in {@code freeze}
 * @param patterns what to pick
 * @param others what could be meant besides layers and parameters, for messages
 */
record KeyPatterns(String option, List<String> patterns, List<String> others) {

    /**
     * The keys that are picked.
     *
     * @throws IllegalArgumentException if a pattern picks none; the nearest name is suggested
     */
    Set<String> pick(Collection<String> keys) {
        Set<String> picked = new LinkedHashSet<>();
        for (String pattern : patterns) {
            Pattern wanted = compiled(pattern);
            List<String> found = keys.stream()
                    .filter(key -> names(key).stream()
                            .anyMatch(name -> wanted.matcher(name).matches()))
                    .toList();
            if (found.isEmpty()) {
                throw unknown(pattern, keys);
            }
            picked.addAll(found);
        }
        return picked;
    }

    /** A key and the layers it is in, as in {@code a}, {@code a.b} and {@code a.b.weights}. */
    private static List<String> names(String key) {
        List<String> names = new ArrayList<>();
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
            names.add(key.substring(0, dot));
        }
        names.add(key);
        return names;
    }

    private static Pattern compiled(String pattern) {
        String expression = pattern.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        return Pattern.compile(expression);
    }

    private IllegalArgumentException unknown(String pattern, Collection<String> keys) {
        Set<String> all = new LinkedHashSet<>(others);
        Set<String> shown = new LinkedHashSet<>(others);
        for (String key : keys) {
            all.addAll(names(key));
            shown.add(names(key).get(0));
        }
        String suggestion = Names.nearest(pattern, all)
                .map(name -> "did you mean \"" + name + "\"? ")
                .orElse("");
        return new IllegalArgumentException(option + ": expected layers or parameters of the network, received \""
                + pattern + "\"; " + suggestion + "Known: " + String.join(", ", shown));
    }
}
