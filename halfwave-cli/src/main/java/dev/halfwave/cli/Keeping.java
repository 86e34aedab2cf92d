package dev.halfwave.cli;

import dev.halfwave.train.BestModel;
import dev.halfwave.train.Criterion;
import dev.halfwave.train.EarlyStopping;
import dev.halfwave.train.Trainer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When training ends before its last epoch, and which epoch's weights become the model.
 *
 * @param patience epochs without improvement after which training ends, or 0 for never
 * @param improvement how much better an epoch has to be to count as better for that
 * @param criterion what says which epoch is better
 * @param best whether the best epoch's weights are kept rather than the last one's
 */
record Keeping(int patience, double improvement, Criterion criterion, boolean best) {
    static final Keeping NOTHING = new Keeping(0, 0, Criterion.VALIDATION_LOSS, false);

    /** Whether some images have to be held back for it. */
    boolean needsValidation() {
        return (patience > 0 || best) && criterion.needsValidation();
    }

    /** Adds early stopping to a trainer if it was asked for. */
    void addStopping(Trainer trainer) {
        if (patience > 0) {
            trainer.addListener(new EarlyStopping(criterion, patience, improvement));
        }
    }

    /** Adds what keeps the best weights to a trainer if that was asked for. */
    Optional<BestModel> addBest(Trainer trainer, Optional<Path> file) {
        if (!best) {
            return Optional.empty();
        }
        BestModel keeper =
                file.map(path -> BestModel.in(path, criterion)).orElseGet(() -> BestModel.inMemory(criterion));
        trainer.addListener(keeper);
        return Optional.of(keeper);
    }

    /** What a checkpoint should remember. */
    Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("early-stop", Integer.toString(patience));
        notes.put("min-improvement", Double.toString(improvement));
        notes.put("criterion", criterion.toString());
        notes.put("keep", keep());
        return notes;
    }

    /** What a checkpoint's notes say; those of older ones say nothing. */
    static Keeping of(Map<String, String> notes) {
        if (!notes.containsKey("keep")) {
            return NOTHING;
        }
        return new Keeping(
                Integer.parseInt(notes.getOrDefault("early-stop", "0")),
                Double.parseDouble(notes.getOrDefault("min-improvement", "0")),
                Criterion.of(notes.getOrDefault("criterion", NOTHING.criterion.toString())),
                "best".equals(notes.get("keep")));
    }

    /** What each option comes to, for comparison. */
    Map<String, String> byOption() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(KeepOptions.EARLY_STOP, patience == 0 ? "never" : Integer.toString(patience));
        values.put(KeepOptions.MIN_IMPROVEMENT, Double.toString(improvement));
        values.put(KeepOptions.CRITERION, criterion.toString());
        values.put(KeepOptions.KEEP, keep());
        return values;
    }

    private String keep() {
        return best ? "best" : "last";
    }
}
