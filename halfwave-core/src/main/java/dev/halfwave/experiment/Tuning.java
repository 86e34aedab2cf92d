package dev.halfwave.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The choice of a learning rate on validation data.
 *
 * @param trials one per rate, the rates rising
 */
public record Tuning(List<Trial> trials) {
    /** Keeps its own copy of the list. */
    public Tuning {
        trials = List.copyOf(trials);
    }

    /** The trial with the fewest errors, of equals the one with the smallest loss; none if all diverged. */
    public Optional<Trial> best() {
        return trials.stream()
                .filter(trial -> !trial.diverged())
                .min(Comparator.comparingDouble(Trial::error).thenComparingDouble(Trial::loss));
    }

    /** Whether the best rate is the smallest or largest of several, so that one outside might be better still. */
    public boolean atTheEdge() {
        int last = trials.size() - 1;
        return last > 0
                && best().filter(best -> best.equals(trials.get(0)) || best.equals(trials.get(last)))
                        .isPresent();
    }
}
