package dev.halfwave.bench.side;

import dev.halfwave.bench.work.Work;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came of one work beside one peer: a ratio, or the reason why there is none.
 *
 * @param work the work's name
 * @param peer the peer's name, as works have it
 * @param title what the table calls the peer, with its version; its name if it cannot even say that
 * @param batch how many images at once; 0 for a mean over several
 * @param measure what was measured
 * @param ratio the peer's time to Halfwave's
 * @param error how far the results were apart, relative to the largest
 * @param reason why there is no ratio
 * @param wrong whether the reason is that the two computed different things
 */
record Row(
        String work,
        String peer,
        String title,
        int batch,
        Work.Measure measure,
        Optional<Ratio> ratio,
        OptionalDouble error,
        String reason,
        boolean wrong) {

    static Row measured(Work work, String peer, String title, Ratio ratio, OptionalDouble error) {
        return new Row(work.name(), peer, title, work.batch(), work.measure(), Optional.of(ratio), error, "", false);
    }

    static Row impossible(Work work, String peer, String title, String reason) {
        return new Row(
                work.name(),
                peer,
                title,
                work.batch(),
                work.measure(),
                Optional.empty(),
                OptionalDouble.empty(),
                reason,
                false);
    }

    static Row wrong(Work work, String peer, String title, double error) {
        String reason = String.format(
                java.util.Locale.ROOT,
                "results differ: expected at most %.1e of the largest, received %.1e",
                work.tolerance(),
                error);
        return new Row(
                work.name(),
                peer,
                title,
                work.batch(),
                work.measure(),
                Optional.empty(),
                OptionalDouble.of(error),
                reason,
                true);
    }
}
