package dev.halfwave.bench.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.bench.work.Work;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @Test
    void understandsAll() {
        Arguments arguments = Arguments.parse("--peers", "--threads", "4", "--json", "x.json", "--only", "lenet@64");
        assertThat(arguments.threads()).isEqualTo(4);
        assertThat(arguments.json()).contains(Path.of("x.json"));
        assertThat(arguments.works()).extracting(Work::key).containsExactly("predict-lenet@64");
    }

    @Test
    void quickIsLess() {
        assertThat(Arguments.parse("--peers", "--quick").works())
                .hasSizeLessThan(Arguments.parse("--peers").works().size())
                .allMatch(Work::quick);
    }

    @Test
    void growthHasWorksOfItsOwn() {
        assertThat(Arguments.parse("--growth", "--only", "resnet-18-112").works())
                .extracting(Work::key)
                .containsExactly("predict-resnet-18-112@1");
        assertThat(Arguments.parse("--growth").works())
                .allMatch(work -> work.peers().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--quick | bench: expected --peers or --growth, received neither",
                "--peers --threads zero | --threads: expected 1 to 1024, received zero",
                "--growth --peers | bench: expected --peers or --growth, received both",
                "--growth --java /nowhere | --java: expected the home of a JDK, with bin/java in it, received /nowhere",
                "--peers --json | --json: expected a value, received none",
                "--peers --qiuck | unknown option \"--qiuck\": did you mean \"--quick\"?",
                "--peers --only lennet@1 | unknown work \"lennet@1\"",
            })
    void refusesTheRest(String line, String error) {
        assertThatThrownBy(() -> Arguments.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(error);
    }
}
