package dev.halfwave.claims;

import dev.halfwave.name.Names;
import java.util.List;

/** Finds claims by their ids. */
public final class Claims {
    /** One line per claim, in the order in which they are told. */
    private static final List<Claim> ALL = List.of(
            new RectifyKeeps(),
            new LinearCollapse(),
            new Idempotent(),
            new SigmoidSlope(),
            new TanhSlope(),
            new LargerGradient(),
            new Cost(),
            new SparseActivations(),
            new DyingUnits(),
            new RevivalRecovers(),
            new BlowUp(),
            new SteppedSigmoids(),
            new Interaction(),
            new BiasMovesKink(),
            new Pieces(),
            new OneWeightedSum(),
            new MaxPoolingCommutes(),
            new DropoutMean(),
            new RecurrentPowers(),
            new IdentityRemembers(),
            new HeVariance(),
            new DepthTrains(),
            new TanhBeatsSigmoid(),
            new ReluFaster(),
            new SvmReadout(),
            new NormPlace(),
            new DropoutPlace(),
            new PreluSlopes());

    private Claims() {}

    /** Every claim. */
    public static List<Claim> all() {
        return ALL;
    }

    /** Their ids. */
    public static List<String> ids() {
        return ALL.stream().map(Claim::id).toList();
    }

    /**
     * The claim of the given id.
     *
     * @throws IllegalArgumentException if there is none; the nearest one is suggested
     */
    public static Claim of(String id) {
        return ALL.stream()
                .filter(claim -> claim.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Names.unknown("claim", id, ids()));
    }
}
