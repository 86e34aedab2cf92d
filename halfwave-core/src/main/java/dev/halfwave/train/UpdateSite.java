package dev.halfwave.train;

import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where an optimizer works: some parameters of a network, with their numbers and their state.
 *
 * @param layout where all of the network's parameters stand
 * @param entries the trainable ones to update, in the layout's order
 * @param parameters the numbers, in the layout
 * @param state one array per name in {@link Optimizer#state()}, in the layout
 * @param kernels what to compute with
 * @param pool the threads
 */
public record UpdateSite(
        ParameterLayout layout,
        List<ParameterLayout.Entry> entries,
        float[] parameters,
        List<float[]> state,
        Kernels kernels,
        WorkerPool pool) {
    /** Parameters per task; a multiple of a cache line. */
    static final int GRAIN = 16_384;

    /** The same for fewer parameters. */
    UpdateSite only(Predicate<ParameterLayout.Entry> wanted) {
        return new UpdateSite(layout, entries.stream().filter(wanted).toList(), parameters, state, kernels, pool);
    }

    /** A range of the arrays. */
    record Span(int from, int n) {
        /** Cut into pieces of at most {@link #GRAIN}. */
        List<Span> pieces() {
            List<Span> pieces = new ArrayList<>();
            for (int at = from; at < from + n; at += GRAIN) {
                pieces.add(new Span(at, Math.min(GRAIN, from + n - at)));
            }
            return pieces;
        }

        static Span of(ParameterLayout.Entry entry) {
            return new Span(entry.offset(), entry.shape().elements());
        }
    }

    /** The entries' ranges in tasks, those merged that only a cache line's unused end keeps apart. */
    static List<Span> tasks(List<ParameterLayout.Entry> entries) {
        List<Span> merged = new ArrayList<>();
        for (ParameterLayout.Entry entry : entries) {
            Span span = Span.of(entry);
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && span.from() - (last.from() + last.n()) < ParameterLayout.LINE) {
                merged.set(merged.size() - 1, new Span(last.from(), span.from() + span.n() - last.from()));
            } else {
                merged.add(span);
            }
        }
        return merged.stream().flatMap(span -> span.pieces().stream()).toList();
    }
}
