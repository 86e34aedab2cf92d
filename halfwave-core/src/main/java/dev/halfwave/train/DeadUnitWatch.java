package dev.halfwave.train;

import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.data.Dataset;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches during training for units that have died: rectified units whose pre-activation is above zero for no sample.
 * They pass no gradient, so training does not bring them back by itself.
 *
 * <p>Every so many batches it runs a few samples, others each time, and counts on how many in a row each unit was silent.
 * At {@link #PATIENCE} it takes the unit for dead and tells, once for each layer and change. With the defaults that costs
 * the time of 32 samples' forward pass in 20 batches: about 1 % at a batch size of 64.
 *
 * <pre>{@code
 * trainer.addListener(DeadUnitWatch.of(trainer.model(), data.train(), pool, dead -> log(dead)).reviving(42));
 * }</pre>
 *
 * <p>Only functions that are flat below zero, such as relu, are watched; under a leaky one no unit dies. A run that is
 * resumed goes on counting where the checkpoint left off, and what the watch has done is in the checkpoint as well: the
 * parameters, the network and the rate as they have become. Add it before whatever writes checkpoints.
 */
public final class DeadUnitWatch implements TrainingListener {
    /** Batches from one look to the next, unless told otherwise. */
    public static final int EVERY = 20;

    /** Samples per look, unless told otherwise. */
    public static final int SAMPLES = 32;

    /** On how many samples in a row a unit is silent before it is taken for dead, unless told otherwise. */
    public static final int PATIENCE = 256;

    private static final String SILENT = "dead-unit-watch.silent";

    private final WorkerPool pool;
    private final Consumer<DeadUnits> told;
    private final int every;
    private final int patience;
    private SilentUnits units;
    private boolean revives;
    private long seed;
    private double slowing = 1;
    private @Nullable LeakyRelu leaky;
    private double leakyFrom;

    private DeadUnitWatch(SilentUnits units, WorkerPool pool, Consumer<DeadUnits> told, int every, int patience) {
        this.units = units;
        this.pool = pool;
        this.told = told;
        this.every = every;
        this.patience = patience;
    }

    /**
     * A watch with the usual numbers.
     *
     * @param model what is trained
     * @param data where to take samples from: those trained on, or others of the kind
     * @param told who is told of dead units
     * @throws IllegalArgumentException if the data do not fit the model
     */
    public static DeadUnitWatch of(Model model, Dataset data, WorkerPool pool, Consumer<DeadUnits> told) {
        return of(model, data, pool, told, EVERY, SAMPLES, PATIENCE);
    }

    /**
     * A watch with other numbers.
     *
     * @param every batches from one look to the next, 1 or more
     * @param samples samples per look, 1 or more
     * @param patience silent samples in a row, 1 or more
     * @throws IllegalArgumentException if a number is below 1, or the data do not fit the model
     */
    public static DeadUnitWatch of(
            Model model,
            Dataset data,
            WorkerPool pool,
            Consumer<DeadUnits> told,
            int every,
            int samples,
            int patience) {
        if (every < 1 || samples < 1 || patience < 1) {
            throw new IllegalArgumentException("dead unit watch: expected batches, samples and patience of 1 or more,"
                    + " received " + every + ", " + samples + " and " + patience);
        }
        Evaluator.check(model, data);
        SilentUnits units = new SilentUnits(model, data, pool, samples, patience);
        return new DeadUnitWatch(units, pool, told, every, patience);
    }

    /**
     * Lets it revive what has died: incoming weights drawn anew, optimizer state reset, outgoing weights zero.
     *
     * @param seed decides the new weights, together with the step
     */
    public DeadUnitWatch reviving(long seed) {
        revives = true;
        this.seed = seed;
        return this;
    }

    /**
     * Lets it multiply the learning rate whenever units were found dead that were not before.
     *
     * @param factor above 0, below 1; one half is a start
     * @throws IllegalArgumentException if it is out of range
     */
    public DeadUnitWatch slowingBy(double factor) {
        if (!(factor > 0 && factor < 1)) {
            throw new IllegalArgumentException(
                    "dead unit watch: expected a factor above 0 and below 1, received " + factor);
        }
        slowing = factor;
        return this;
    }

    /**
     * Lets it give a layer the leaky relu once enough of its units are dead, for the rest of training: no gradient is zero
     * then, and what was dead may learn. The parameters stay as they are.
     *
     * <p>The network has changed with that, so take it from {@link Trainer#model()} at the end; to resume, start from the
     * checkpoint's model. Layers within an imported model stay as they are.
     *
     * @param slope of the leaky relu below zero, above 0 and below 1; 0.01 is usual
     * @param share of the layer's units, above 0 up to 1; one tenth is a start
     * @throws IllegalArgumentException if a number is out of range
     */
    public DeadUnitWatch switchingToLeaky(double slope, double share) {
        if (!(slope > 0 && slope < 1 && share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "dead unit watch: expected a slope above 0 and below 1 and a share above 0" + " up to 1, received "
                            + slope + " and " + share);
        }
        leaky = new LeakyRelu(slope);
        leakyFrom = share;
        return this;
    }

    @Override
    public void batchDone(Trainer trainer, Tally tally) {
        if (trainer.position().step() % every == 0) {
            look(trainer);
        }
    }

    @Override
    public Map<String, String> notes() {
        return Map.of(SILENT, units.counts());
    }

    @Override
    public void resumed(Trainer trainer, Map<String, String> notes) {
        if (notes.containsKey(SILENT)) {
            follow(trainer);
            units.restore(notes.get(SILENT));
        }
    }

    /** Counts on in the network that is trained, should someone have changed it. */
    private void follow(Trainer trainer) {
        if (!units.model().network().equals(trainer.model().network())) {
            units = units.continuedBy(trainer.model(), pool);
        }
    }

    private void look(Trainer trainer) {
        follow(trainer);
        units.look();
        List<SilentUnits.Layer> layers = units.withNewlyDead();
        Set<SilentUnits.Layer> switched = switchToLeaky(trainer, layers);
        layers.forEach(layer -> act(trainer, layer, switched.contains(layer)));
        if (!switched.isEmpty()) {
            units = units.continuedBy(trainer.model(), pool);
        }
        if (!layers.isEmpty() && slowing < 1) {
            trainer.scaleRate(slowing);
        }
    }

    /** From the output to the input, because a layer's new activation may change the names of those behind it. */
    private Set<SilentUnits.Layer> switchToLeaky(Trainer trainer, List<SilentUnits.Layer> layers) {
        Set<SilentUnits.Layer> switched = new HashSet<>();
        for (int i = layers.size() - 1; i >= 0 && leaky != null; i--) {
            SilentUnits.Layer layer = layers.get(i);
            if (layer.dead().size() >= leakyFrom * layer.units()) {
                Network now = trainer.model().network();
                now.withActivation(layer.node().name(), leaky).ifPresent(network -> {
                    trainer.continueAs(network);
                    switched.add(layer);
                });
            }
        }
        return switched;
    }

    private void act(Trainer trainer, SilentUnits.Layer layer, boolean switched) {
        List<Integer> dead = layer.dead();
        List<Integer> revived = revives && !switched ? revive(trainer, layer, dead) : List.of();
        long step = trainer.position().step();
        told.accept(new DeadUnits(step, layer.node().name(), dead, layer.units(), patience, revived, switched));
    }

    private List<Integer> revive(Trainer trainer, SilentUnits.Layer layer, List<Integer> dead) {
        Revival revival = new Revival(new UnitWiring(units.graph()), seed);
        List<Integer> revived = new ArrayList<>();
        for (int unit : dead) {
            if (revival.revive(trainer, layer.node(), unit)) {
                revived.add(unit);
                layer.forget(unit);
            }
        }
        return revived;
    }
}
