package dev.halfwave.name;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What to say when a name is not known: the nearest known one, and all of them. */
public final class Names {
    private Names() {}

    /**
     * The error for an unknown name, as in {@code unknown activation "rleu": did you mean "relu"? Known: elu, relu}.
     *
     * @param what the kind of thing that was looked for, as in {@code activation}
     * @param received the name that was not found
     * @param known all names that would have been
     */
    public static IllegalArgumentException unknown(String what, String received, Collection<String> known) {
        String suggestion = nearest(received, known)
                .map(name -> "did you mean \"" + name + "\"? ")
                .orElse("");
        return new IllegalArgumentException(
                "unknown " + what + " \"" + received + "\": " + suggestion + "Known: " + String.join(", ", known));
    }

    /** The known name closest to the received one, if it is close enough to be a slip of the fingers. */
    public static Optional<String> nearest(String received, Collection<String> known) {
        String lower = received.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> distance(lower, name) <= Math.max(2, name.length() / 3))
                .min(Comparator.comparingInt(name -> distance(lower, name)));
    }

    /** Levenshtein's distance: the fewest insertions, deletions and substitutions that turn a into b. */
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substituted, 1 + Math.min(previous[j], row[j - 1]));
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
