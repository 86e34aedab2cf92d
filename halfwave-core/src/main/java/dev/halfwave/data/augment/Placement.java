package dev.halfwave.data.augment;

/**
 * Which place of an image each pixel of its successor shows: {@code (xx·u + xy·v + x0, yx·u + yy·v + y0)} at (u, v).
 *
 * <p>u counts columns to the right and v rows downwards, both from the image's centre.
 */
record Placement(double xx, double xy, double x0, double yx, double yy, double y0) {
    /** Every pixel shows itself. */
    static final Placement IDENTITY = new Placement(1, 0, 0, 0, 1, 0);

    /** Everything moves to the right and down. */
    static Placement shift(double right, double down) {
        return new Placement(1, 0, -right, 0, 1, -down);
    }

    /** Left and right, or top and bottom, change places. */
    static Placement flip(boolean vertical) {
        return new Placement(vertical ? 1 : -1, 0, 0, 0, vertical ? -1 : 1, 0);
    }

    /** Everything turns around the centre, anticlockwise; the same bits on every machine. */
    static Placement rotation(double degrees) {
        double angle = StrictMath.toRadians(degrees);
        double cosine = StrictMath.cos(angle);
        double sine = StrictMath.sin(angle);
        return new Placement(cosine, -sine, 0, sine, cosine, 0);
    }

    /** Everything is stretched by these factors. */
    static Placement stretch(double across, double down) {
        return new Placement(1 / across, 0, 0, 0, 1 / down, 0);
    }

    /** Rows move sideways, the more the further they are from the centre: upright lines lean by the angle to the right. */
    static Placement shear(double degrees) {
        return new Placement(1, StrictMath.tan(StrictMath.toRadians(degrees)), 0, 0, 1, 0);
    }

    /** This one with another change after it: the successor's successor. */
    Placement then(Placement next) {
        return new Placement(
                xx * next.xx + xy * next.yx,
                xx * next.xy + xy * next.yy,
                xx * next.x0 + xy * next.y0 + x0,
                yx * next.xx + yy * next.yx,
                yx * next.xy + yy * next.yy,
                yx * next.x0 + yy * next.y0 + y0);
    }
}
