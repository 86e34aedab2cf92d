package dev.halfwave.bench.side;

import dev.halfwave.bench.work.Work;
import java.time.Duration;
import java.time.Instant;

/**
 * How long things may take.
 *
 * @param warmUpMillis how long each side works before it is timed, or some times as long ({@link Work#warmUp})
 * @param roundMillis how long a round is; at least {@code leastSteps}
 * @param leastSteps how many steps a round has at least
 * @param rounds how many rounds each side has
 * @param end when everything has to be over
 */
record Pace(int warmUpMillis, int roundMillis, int leastSteps, int rounds, Instant end) {
    static Pace of(boolean quick) {
        Instant now = Instant.now();
        return quick
                ? new Pace(2000, 300, 1, 7, now.plus(Duration.ofSeconds(630)))
                : new Pace(10_000, 1500, 5, 9, now.plus(Duration.ofHours(24)));
    }

    /** Processes are cheap to start a few times, not nine. */
    int startRounds() {
        return (rounds + 1) / 2;
    }

    boolean isOver() {
        return Instant.now().isAfter(end);
    }

    Duration left() {
        return Duration.between(Instant.now(), end);
    }
}
