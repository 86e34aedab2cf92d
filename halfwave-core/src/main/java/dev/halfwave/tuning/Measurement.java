package dev.halfwave.tuning;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the algorithms for one pass took.
 *
 * @param algorithm the one that was chosen
 * @param microseconds the median time of each, the one that the sizes speak for first
 */
record Measurement(String algorithm, Map<String, Double> microseconds) {
    /** What another algorithm has to save to be taken: less might be chance. */
    private static final double MARGIN = 0.05;

    Measurement {
        microseconds = Collections.unmodifiableMap(new LinkedHashMap<>(microseconds));
    }

    /** The fastest, unless it hardly beats the first. */
    static String winner(Map<String, Double> microseconds) {
        Map.Entry<String, Double> first = microseconds.entrySet().iterator().next();
        Map.Entry<String, Double> best = Collections.min(microseconds.entrySet(), Map.Entry.comparingByValue());
        return best.getValue() < (1 - MARGIN) * first.getValue() ? best.getKey() : first.getKey();
    }

    /** Whether these are the algorithms that it compares: with others, it says nothing. */
    boolean compares(Set<String> algorithms) {
        return microseconds.keySet().equals(algorithms) && algorithms.contains(algorithm);
    }
}
