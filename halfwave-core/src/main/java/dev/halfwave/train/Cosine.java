package dev.halfwave.train;

/**
 * From the full rate down to zero along half a cosine.
 *
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter 2017, equation 5, without restarts</a>
 */
public record Cosine() implements Schedule {
    @Override
    public String name() {
        return "cosine";
    }

    @Override
    public double factor(double progress) {
        return (1 + StrictMath.cos(Math.PI * progress)) / 2;
    }
}
