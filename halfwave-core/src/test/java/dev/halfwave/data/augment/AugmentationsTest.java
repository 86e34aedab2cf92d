package dev.halfwave.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationsTest {
    private static final Shape DIGIT = Shape.of(28, 28, 1);
    private static final Shape PHOTO = Shape.of(32, 32, 3);

    @Test
    void namesComeInOrder() {
        assertThat(Augmentations.names())
                .containsExactly(
                        "none",
                        "default",
                        "shift",
                        "flip",
                        "rotate",
                        "affine",
                        "elastic",
                        "cutout",
                        "brightness",
                        "contrast",
                        "saturation",
                        "mixup",
                        "cutmix");
    }

    @Test
    void everyNameStandsForItself() {
        assertThat(Augmentations.names())
                .filteredOn(name -> !name.equals("default"))
                .allSatisfy(name -> assertThat(Augmentations.of(name, DIGIT)).hasToString(name));
    }

    @Test
    void numbersMayBeNamedOrNot() {
        assertThat(Augmentations.of("shift(2) + rotate(degrees=15)+cutout(6, chance=0.5)", DIGIT))
                .isEqualTo(Chain.of(new Shift(2), new Rotate(15), new Cutout(6, 0.5)));
        assertThat(Augmentations.of("flip(1,true)", DIGIT)).isEqualTo(Chain.of(new Flip(1, true)));
        assertThat(Augmentations.of("brightness(1e-1)+contrast(5e-1)", DIGIT))
                .isEqualTo(Chain.of(new Brightness(0.1), new Contrast(0.5)));
        assertThat(Augmentations.of("elastic(1e+1)+flip", DIGIT)).isEqualTo(Chain.of(new Elastic(10, 7), new Flip()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "shift(pixels=2)+rotate(degrees=15.0)+cutout(chance=0.5)",
                "affine(shear=0.0)+mixup(alpha=1.0)",
                "flip(vertical=true)"
            })
    void aChainsTextMakesTheSameChain(String text) {
        Chain chain = Augmentations.of(text, DIGIT);
        assertThat(Augmentations.spec(chain)).isEqualTo(text);
        assertThat(Augmentations.normalized(text)).isEqualTo(text);
    }

    @Test
    void oneFormOfATextIsCompared() {
        assertThat(Augmentations.normalized("default")).isEqualTo("default");
        assertThat(Augmentations.normalized(" none + none ")).isEqualTo("none");
        assertThat(Augmentations.normalized("shift(2)+default+none")).isEqualTo("shift(pixels=2)+default");
        assertThat(Augmentations.normalized("shift(4)")).isEqualTo("shift");
    }

    @Test
    void theDefaultDependsOnTheKindOfImage() {
        Chain digits = Augmentations.of("default", DIGIT);
        assertThat(digits.steps()).hasExactlyElementsOfTypes(Affine.class, Elastic.class);
        Chain photos = Augmentations.of("default+cutout", PHOTO);
        assertThat(photos).isEqualTo(Chain.of(new Shift(4), new Flip(), new Cutout()));
        assertThat(Augmentations.usual(Shape.of(1, 1, 1)).steps()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shfit | unknown augmentation \"shfit\": did you mean \"shift\"? Known: none, default, shift, flip, rotate,"
                        + " affine, elastic, cutout, brightness, contrast, saturation, mixup, cutmix",
                "defualt | unknown augmentation \"defualt\": did you mean \"default\"? Known: none, default, shift, flip,"
                        + " rotate, affine, elastic, cutout, brightness, contrast, saturation, mixup, cutmix",
                "rotate(10)+ | unknown augmentation \"\": Known: none, default, shift, flip, rotate, affine, elastic, cutout,"
                        + " brightness, contrast, saturation, mixup, cutmix",
                "default(2) | unknown augmentation \"default(2)\": Known: shift, flip, rotate, affine, elastic, cutout,"
                        + " brightness, contrast, saturation, mixup, cutmix",
                "shift(0.5) | augmentation \"shift(0.5)\": expected a whole number for pixels, received \"0.5\"",
                "shift(1,2) | augmentation \"shift(1,2)\": expected settings as in shift(name=number), received \"2\"",
                "shift(by=1) | unknown setting of the augmentation shift \"by\": Known: pixels",
                "shift(-1) | shift: expected pixels from 0 to 4096, received -1",
                "flip(1.5) | flip: expected a chance from 0 to 1, received 1.5",
                "rotate(181) | rotate: expected degrees from 0 to 180, received 181",
                "rotate(NaN) | rotate: expected degrees from 0 to 180, received NaN",
                "affine(scale=1) | affine: expected a scale from 0 to 0.99, received 1",
                "affine(shear=61) | affine: expected degrees of shear from 0 to 60, received 61",
                "affine(shift=-0.5) | affine: expected pixels of shift from 0 to 4096, received -0.5",
                "elastic(-1) | elastic: expected a strength from 0 to 100, received -1",
                "elastic(cell=1) | elastic: expected a cell from 2 to 1024, received 1",
                "cutout(-2) | cutout: expected a size from 0 to 4096, received -2",
                "brightness(2) | brightness: expected a limit from 0 to 1, received 2",
                "contrast(-1) | contrast: expected a limit from 0 to 1, received -1",
                "saturation(2) | saturation: expected a limit from 0 to 1, received 2",
                "mixup(0) | mixup: expected an alpha from 0.05 to 2, received 0",
                "cutmix(chance=2) | cutmix: expected a chance from 0 to 1, received 2",
                "mixup+shift+cutmix | augment: expected at most one way to mix images, received mixup and cutmix; keep one"
                        + " of them",
            })
    void misuseIsNamed(String spec, String message) {
        assertThatThrownBy(() -> Augmentations.of(spec, DIGIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Augmentations.normalized(spec)).hasMessage(message);
    }

    @Test
    void onlyImagesAreAugmented() {
        assertThatThrownBy(() -> Augmentations.of("default", Shape.of(28, 28)))
                .hasMessage(
                        "augment: expected images [H, W, C], received samples of shape [28, 28]; leave the augmentation out");
    }
}
