package dev.halfwave.claims;

import dev.halfwave.activation.Tanh;

/** Takes the derivative at many places, and multiplies those of the layers of a chain. */
record TanhSlope() implements Claim {
    @Override
    public String id() {
        return "tanh-slope";
    }

    @Override
    public String text() {
        return "Tanh's derivative lies in (0, 1], and its product vanishes through depth.";
    }

    @Override
    public String source() {
        return "Glorot and Bengio 2010; Nielsen 2015, chapter 5";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        return new SlopeProducts(new Tanh(), quick ? 2_000 : 100_000).finding(1);
    }
}
