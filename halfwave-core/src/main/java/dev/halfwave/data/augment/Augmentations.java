package dev.halfwave.data.augment;

import dev.halfwave.name.Choices;
import dev.halfwave.name.Names;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds augmentations by name, and reads chains of them, as in {@code shift(2)+rotate(degrees=15)+cutout}.
 *
 * <p>{@code none} stands for an empty chain, {@code default} for what {@link #usual} chooses.
 */
public final class Augmentations {
    private static final String NONE = "none";
    private static final String DEFAULT = "default";

    private static final Choices<Augmentation> KNOWN = new Choices<Augmentation>(
                    "augmentation",
                    Augmentation::name,
                    List.of(
                            new Shift(),
                            new Flip(),
                            new Rotate(),
                            new Affine(),
                            new Elastic(),
                            new Cutout(),
                            new Brightness(),
                            new Contrast(),
                            new Saturation(),
                            new Mixup(),
                            new Cutmix()))
            .alsoInOrder();

    private static final Pattern PLUS_OUTSIDE_BRACKETS = Pattern.compile("\\+(?![^()]*\\))");
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]*");

    private Augmentations() {}

    /** All names, {@code none} and {@code default} first. */
    public static List<String> names() {
        return Stream.concat(Stream.of(NONE, DEFAULT), KNOWN.names().stream()).toList();
    }

    /**
     * What usually helps, by the kind of image: grey ones are taken for handwriting, which is turned, slanted, sized, moved and
     * bent a little but never flipped; colour ones for photographs, which are moved by an eighth of their size and flipped.
     *
     * @param sample the images' shape, {@code [H, W, C]}
     * @throws IllegalArgumentException if it is not that of images
     */
    public static Chain usual(Shape sample) {
        Raster image = new Raster(sample);
        int side = Math.min(image.height(), image.width());
        if (image.channels() != 1) {
            return Chain.of(new Shift(side / 8), new Flip());
        }
        double scale = side / 28.0; // chosen on MNIST by the validation loss after ten epochs
        return Chain.of(new Affine(4, 0.04, 2, scale), new Elastic(0.3 * scale, Math.max(2, side / 4.0)));
    }

    /**
     * The chain that a text describes: names, each with its usual numbers or with others, and plus signs between them.
     *
     * @param sample the images' shape, for {@code default}
     * @throws IllegalArgumentException if a name is unknown (the nearest one is suggested) or a number unfit
     */
    public static Chain of(String spec, Shape sample) {
        List<Augmentation> steps = new ArrayList<>();
        for (String item : items(spec)) {
            steps.addAll(item.equals(DEFAULT) ? usual(sample).steps() : List.of(KNOWN.of(item)));
        }
        return new Chain(steps);
    }

    /**
     * The same text in the form in which it is compared, in which {@code default} stays what it is.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    public static String normalized(String spec) {
        List<String> items = items(spec).stream()
                .map(item -> item.equals(DEFAULT) ? item : KNOWN.spec(KNOWN.of(item)))
                .toList();
        new Chain(items.stream()
                .filter(item -> !item.equals(DEFAULT))
                .map(KNOWN::of)
                .toList());
        return items.isEmpty() ? NONE : String.join("+", items);
    }

    /** The text from which {@link #of} makes the same chain. */
    public static String spec(Chain chain) {
        return chain.isEmpty() ? NONE : chain.steps().stream().map(KNOWN::spec).collect(Collectors.joining("+"));
    }

    private static List<String> items(String spec) {
        List<String> items = new ArrayList<>();
        for (String part : PLUS_OUTSIDE_BRACKETS.split(spec.strip(), -1)) {
            String item = part.strip();
            Matcher name = NAME.matcher(item);
            if (!name.lookingAt() || !names().contains(name.group())) {
                throw Names.unknown("augmentation", item, names());
            }
            if (!item.equals(NONE)) {
                items.add(item);
            }
        }
        return items;
    }
}
