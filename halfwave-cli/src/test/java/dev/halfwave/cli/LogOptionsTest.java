package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LogOptionsTest {
    @Test
    void saysWhatToGiveAgainAsAShellTakesIt() {
        String[] arguments = {"--csv", "Ada's log.csv", "--tensorboard", "board/a-1"};
        assertThat(CommandLine.populateCommand(new LogOptions(), arguments).again())
                .isEqualTo(" --csv 'Ada'\\''s log.csv' --tensorboard board/a-1");
        assertThat(new LogOptions().again()).isEmpty();
    }
}
