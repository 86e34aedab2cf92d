package dev.halfwave.claims;

import dev.halfwave.activation.Relu;
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
        SlopeProducts chain = new SlopeProducts(new Tanh(), quick ? 2_000 : 100_000);
        double after = chain.mean(SlopeProducts.DEPTH);
        boolean bounded = chain.least() > 0 && chain.most() == 1;
        String measured = Texts.format(
                "between −%.0f and %.0f the derivative lies between %.1e and %.4g; over %d layers with inputs drawn from"
                        + " N(0, 1) the product of slopes is %.1e on average",
                SlopeProducts.REACH, SlopeProducts.REACH, chain.least(), chain.most(), SlopeProducts.DEPTH, after);
        return new Finding(
                Verdict.of(bounded && after < 1e-5),
                measured,
                chain.plot("tanh").with("ReLU, where it is active", n -> SlopeProducts.logOfPower(new Relu(), n)));
    }
}
