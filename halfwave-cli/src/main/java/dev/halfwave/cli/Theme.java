package dev.halfwave.cli;

import java.awt.Color;
import java.util.List;

/**
 * The colours of a picture besides its data's.
 *
 * @param background behind everything
 * @param ink of text and axes
 * @param empty of places without data
 * @param data of bars and lines; told from the background in both themes
 */
record Theme(Color background, Color ink, Color empty, Color data) {
    static final Theme LIGHT = new Theme(
            Color.WHITE, new Color(0x33, 0x33, 0x33), new Color(0xea, 0xea, 0xea), new Color(0x21, 0x66, 0xac));

    static final Theme DARK = new Theme(
            new Color(0x16, 0x1a, 0x1f),
            new Color(0xd8, 0xd8, 0xd8),
            new Color(0x2c, 0x32, 0x3a),
            new Color(0x6b, 0xae, 0xe0));

    /** Ten colours that people who confuse red and green can tell apart, after Okabe and Ito 2008 and two greys. */
    static final List<Color> CLASSES = List.of(
            new Color(0xe6, 0x9f, 0x00),
            new Color(0x56, 0xb4, 0xe9),
            new Color(0x00, 0x9e, 0x73),
            new Color(0xf0, 0xe4, 0x42),
            new Color(0x00, 0x72, 0xb2),
            new Color(0xd5, 0x5e, 0x00),
            new Color(0xcc, 0x79, 0xa7),
            new Color(0x99, 0x99, 0x99),
            new Color(0xdd, 0xdd, 0xdd),
            new Color(0x55, 0x55, 0x55));

    /** Of lines after the data's own colour: vermilion, green, purple and orange after Okabe and Ito 2008. */
    private static final List<Color> MORE_LINES = List.of(
            new Color(0xd5, 0x5e, 0x00),
            new Color(0x00, 0x9e, 0x73),
            new Color(0xcc, 0x79, 0xa7),
            new Color(0xe6, 0x9f, 0x00));

    /** The colour of the k-th line of a chart; they begin again after five. */
    Color line(int k) {
        int turn = k % (MORE_LINES.size() + 1);
        return turn == 0 ? data : MORE_LINES.get(turn - 1);
    }
}
