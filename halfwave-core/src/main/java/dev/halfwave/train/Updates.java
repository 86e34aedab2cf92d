package dev.halfwave.train;

import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way from a batch's gradients to new parameters that a plan's {@link UpdateRules} describe, and all it remembers. */
final class Updates {
    private final UpdateRules rules;
    private final List<Updater> updaters;
    private final Clipping clipping;
    private final Map<String, float[]> state = new LinkedHashMap<>();
    private final Set<String> frozen;
    private final @Nullable Accumulation accumulation;
    private final Lookahead lookahead;
    private final @Nullable Following slow;
    private final @Nullable Following average;
    private Model result;
    private final float[] parameters;
    private float[] gradients = new float[0];

    /** @throws IllegalArgumentException if the rules name what the network does not have */
    Updates(Model model, TrainingPlan plan, WorkerPool pool) {
        rules = plan.updates();
        frozen = plan.frozen(model.network());
        ParameterLayout layout = model.parameters().layout();
        parameters = model.parameters().data();
        List<ParameterLayout.Entry> entries = TrainingState.trainable(layout).stream()
                .filter(entry -> !frozen.contains(entry.key()))
                .toList();
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("freeze: expected at least one layer left to train, received "
                    + rules.frozen() + ", which is all of network "
                    + model.network().name());
        }
        List<float[]> memory = new ArrayList<>();
        for (String name : TrainingState.ofOptimizer(plan)) {
            memory.add(array(name, layout.trainableEnd()));
        }
        List<UpdateSite.Span> tasks = UpdateSite.tasks(entries);
        updaters = updaters(model, plan, new UpdateSite(layout, entries, parameters, memory, plan.kernels(), pool));
        clipping = new Clipping(rules.clipNorm(), rules.clipValue(), tasks, pool);
        accumulation = rules.accumulation() == 1
                ? null
                : new Accumulation(array(TrainingState.ACCUMULATED, layout.trainableEnd()), tasks, pool);
        lookahead = rules.lookahead().orElse(new Lookahead(1));
        slow = rules.lookahead().isEmpty()
                ? null
                : new Following(array(TrainingState.SLOW, layout.trainableEnd()), parameters, tasks, pool);
        Parameters averaged = new Parameters(layout);
        result = rules.average() == 0 ? model : new Model(model.network(), averaged, model.classes());
        average = rules.average() == 0 ? null : new Following(averaged.data(), parameters, everything(layout), pool);
        if (average != null) {
            state.put(TrainingState.AVERAGE, average.slow());
        }
        start();
    }

    private float[] array(String name, int length) {
        float[] array = new float[length];
        state.put(name, array);
        return array;
    }

    private static List<Updater> updaters(Model model, TrainingPlan plan, UpdateSite site) {
        Set<String> undecayed = plan.undecayed(model.network());
        List<Updater> updaters = new ArrayList<>();
        UpdateSite spared = site.only(entry -> undecayed.contains(entry.key()));
        UpdateSite others = site.only(entry -> !undecayed.contains(entry.key()));
        if (!others.entries().isEmpty()) {
            updaters.add(plan.optimizer().updater(others));
        }
        if (!spared.entries().isEmpty()) {
            updaters.add(plan.optimizer().withoutDecay().updater(spared));
        }
        return updaters;
    }

    private static List<UpdateSite.Span> everything(ParameterLayout layout) {
        return new UpdateSite.Span(layout.trainableStart(), layout.length() - layout.trainableStart()).pieces();
    }

    /** Puts what follows the parameters where they are now, as before the first batch. */
    void start() {
        if (slow != null) {
            slow.start();
        }
        if (average != null) {
            average.start();
        }
    }

    /**
     * Takes in the gradients of a batch; they may be changed.
     *
     * @param isFirst whether it is the first of those that make one update
     * @param batches its size as a share of a whole batch's
     */
    void take(float[] slopes, boolean isFirst, double batches) {
        gradients = slopes;
        if (accumulation != null) {
            accumulation.add(slopes, isFirst, batches);
        }
    }

    /**
     * Changes the parameters.
     *
     * @param batches how many whole batches were taken in
     * @param number of this update, from 1
     */
    void update(double batches, double rate, long number) {
        float[] slopes = accumulation == null ? gradients : accumulation.mean(batches);
        clipping.apply(slopes);
        for (Updater updater : updaters) {
            updater.update(slopes, rate, number);
        }
        if (slow != null && number % lookahead.every() == 0) {
            slow.step(lookahead.share(), true);
        }
    }

    /** Lets the average follow, once the statistics are up to date as well. */
    void follow(long number) {
        if (average != null) {
            double warming = (1.0 + number) / (10.0 + number);
            average.step(1 - Math.min(rules.average(), warming), false);
            result.parameters().changed();
        }
    }

    /** What is worth evaluating and keeping: the average, or the model itself. */
    Model result() {
        return result;
    }

    /** The result is of another network with the same parameters from now on. */
    void continueAs(Network network) {
        result = new Model(network, result.parameters(), result.classes());
    }

    /** The keys of all that is fixed. */
    Set<String> frozen() {
        return frozen;
    }

    /** All arrays to be kept, by name. */
    Map<String, float[]> state() {
        return state;
    }

    /** Goes on from arrays that were kept. */
    void restore(Map<String, float[]> kept) {
        state.forEach((name, array) -> System.arraycopy(kept.get(name), 0, array, 0, array.length));
        result.parameters().changed();
    }

    /** Forgets what led to a number that was now set anew. */
    void forget(int element) {
        state.forEach((name, array) -> {
            if (name.equals(TrainingState.SLOW)) {
                array[element] = parameters[element];
            } else if (!name.equals(TrainingState.AVERAGE)) {
                array[element] = 0;
            }
        });
    }
}
