package dev.halfwave.train;

import java.util.Map;

/**
 * Ends training once it no longer helps: when no epoch of the last {@code patience} ones was better than the best before
 * them by more than {@code improvement}.
 *
 * <p>A run that is resumed goes on counting where the checkpoint left off. Add it before whatever writes checkpoints.
 *
 * <pre>{@code
 * trainer.validateOn(parts.test());
 * trainer.addListener(new EarlyStopping(Criterion.VALIDATION_LOSS, 5, 0));
 * }</pre>
 *
 * @see <a href="https://doi.org/10.1007/978-3-642-35289-8_5">Prechelt 2012, Early stopping — but when?</a>
 */
public final class EarlyStopping implements TrainingListener {
    private static final String BEST = "early-stopping.best";
    private static final String WAITED = "early-stopping.waited";

    private final Criterion criterion;
    private final int patience;
    private final double improvement;
    private double best;
    private int waited;

    /**
     * A listener for one run.
     *
     * @param criterion what says which epoch is better
     * @param patience epochs without improvement after which training ends, 1 or more
     * @param improvement how much better an epoch has to be to count, 0 or more
     * @throws IllegalArgumentException if a number is out of range
     */
    public EarlyStopping(Criterion criterion, int patience, double improvement) {
        if (patience < 1) {
            throw new IllegalArgumentException("early stopping: expected a patience of 1 epoch or more, received "
                    + patience + "; leave early stopping out to train to the end");
        }
        if (!(improvement >= 0 && improvement < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "early stopping: expected a least improvement of 0 or more, received " + improvement);
        }
        this.criterion = criterion;
        this.patience = patience;
        this.improvement = improvement;
        this.best = criterion.worst();
    }

    @Override
    public void epochDone(Trainer trainer, EpochReport report) {
        double value = criterion.of(report);
        boolean better = criterion.improves(value, best, improvement);
        best = better ? value : best;
        waited = better ? 0 : waited + 1;
        finishIfDue(trainer);
    }

    private void finishIfDue(Trainer trainer) {
        if (waited >= patience) {
            trainer.finish();
        }
    }

    /** How many epochs there were since the best one. */
    public int waited() {
        return waited;
    }

    @Override
    public Map<String, String> notes() {
        return Map.of(BEST, Double.toString(best), WAITED, Integer.toString(waited));
    }

    @Override
    public void resumed(Trainer trainer, Map<String, String> notes) {
        if (notes.containsKey(BEST) && notes.containsKey(WAITED)) {
            best = Double.parseDouble(notes.get(BEST));
            waited = Integer.parseInt(notes.get(WAITED));
            finishIfDue(trainer);
        }
    }
}
