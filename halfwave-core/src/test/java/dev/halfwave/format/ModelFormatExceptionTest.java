package dev.halfwave.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

class ModelFormatExceptionTest {
    @Test
    void putsItsTextTogether() {
        assertThat(ModelFormatException.at("m.onnx", 17, "a length of at most 4", "9", "export it again"))
                .hasMessage("m.onnx (at byte 17): expected a length of at most 4, received 9; export it again")
                .hasNoCause();
    }

    @Test
    void keepsTextAndCause() {
        Exception cause = new ArithmeticException("why");
        assertThat(new ModelFormatException("text")).hasMessage("text").hasNoCause();
        assertThat(new ModelFormatException("text", cause)).hasMessage("text").hasCause(cause);
        assertThat(Modifier.isFinal(ModelFormatException.class.getModifiers())).isTrue();
    }
}
