package dev.halfwave.cli;

import dev.halfwave.claims.Claim;
import dev.halfwave.claims.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A claim and what became of it.
 *
 * @param claim what was tested
 * @param finding what was found
 * @param seconds how long that took
 */
record CheckedClaim(Claim claim, Finding finding, double seconds) {
    /** What {@link #cells} are. */
    static final List<String> HEAD = List.of("claim", "verdict", "measured", "source", "id");

    private static final double NANOS = 1e9;

    /** Puts a claim to the test. */
    static CheckedClaim of(Claim claim, boolean quick) {
        long start = System.nanoTime();
        Finding finding = claim.run(quick);
        return new CheckedClaim(claim, finding, (System.nanoTime() - start) / NANOS);
    }

    boolean asExpected() {
        return finding.verdict() == claim.expected();
    }

    Map<String, Object> object() {
        return Json.object(
                "id",
                claim.id(),
                "claim",
                claim.text(),
                "source",
                claim.source(),
                "verdict",
                finding.verdict().toString(),
                "measured",
                finding.measured(),
                "expected",
                claim.expected().toString(),
                "seconds",
                seconds);
    }

    List<String> cells() {
        return List.of(claim.text(), finding.verdict().toString(), finding.measured(), claim.source(), claim.id());
    }

    /** As the terminal shows it. */
    String line() {
        String surprise = asExpected() ? "" : " (expected: " + claim.expected() + ")";
        return String.format(
                Locale.ROOT,
                "%s: %s%s (%.1f s)%n  %s%n  %s",
                claim.id(),
                finding.verdict(),
                surprise,
                seconds,
                claim.text(),
                finding.measured());
    }
}
