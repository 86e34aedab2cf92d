package dev.halfwave;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The house's arrows: which package may import which, and what no class may do. */
class ArchitectureTest {
    private static final String ROOT = "dev.halfwave.";
    private static final String SIMD = ROOT + "kernel.simd";
    private static final String VECTOR_API = "jdk.incubator.vector";

    /** One package a line: its name, how many classes it has at least, and what it may import. */
    private static final List<Floor> FLOORS = """
            name           1
            tensor         3 name
            activation     5 name tensor
            kernel         5 name tensor activation
            kernel.scalar  2 name tensor activation kernel
            kernel.simd    2 name tensor activation kernel kernel.scalar
            graph          5 name tensor kernel
            op             5 name tensor activation kernel graph
            autodiff       1 name tensor graph op
            bounds         3 tensor activation graph op
            rewrite        3 name tensor activation kernel graph op
            compile        3 name tensor kernel graph op rewrite
            format         2 name tensor
            tuning         5 kernel format
            archive        5 format
            download       5 format archive
            data.augment   5 name tensor kernel
            data           2 name tensor format archive download data.augment
            nn.init        3 name tensor activation graph
            nn             5 name tensor activation kernel graph op bounds rewrite compile format autodiff nn.init
            train          5 name tensor activation kernel graph op autodiff rewrite compile format data.augment data nn nn.init
            experiment     5 activation kernel data nn train
            inspect        2 name tensor activation kernel graph op bounds autodiff rewrite compile format data nn nn.init
            """.lines().map(Floor::parse).toList();

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.halfwave");

    @ParameterizedTest(name = "{0}")
    @FieldSource("FLOORS")
    void aPackageImportsOnlyWhatStandsBelowIt(Floor floor) {
        assertThat(floor.size()).as("classes in %s", floor.name()).isGreaterThanOrEqualTo(floor.minimum());
        classes()
                .that()
                .resideInAPackage(ROOT + floor.name())
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage("dev.halfwave..").or(resideInAnyPackage(floor.reachable())))
                .check(CORE);
    }

    @Test
    void everyPackageHasItsPlaceInTheHouse() {
        List<String> built = topLevel()
                .map(type -> type.getPackageName().replaceFirst("dev\\.halfwave\\.?", ""))
                .distinct()
                .toList();

        assertThat(FLOORS).extracting(Floor::name).containsExactlyInAnyOrderElementsOf(built);
    }

    @Test
    void packagesFormNoCircles() {
        check(slices().matching(ROOT + "(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyTheSimdKernelsTouchTheVectorApi() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(SIMD)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(VECTOR_API));
        assertThat(CORE.stream()
                        .filter(type -> type.getPackageName().equals(SIMD))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getPackageName()))
                .as("what the SIMD kernels import; without the Vector API the rule looks for the wrong name")
                .contains(VECTOR_API);
    }

    @Test
    void nothingWritesToTheConsole() {
        check(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    }

    @Test
    void exceptionsSayWhatTheyAre() {
        check(NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS);
    }

    @Test
    void namesSayWhatAThingIs() {
        check(noClasses().should().haveNameMatching(".*(Helper|Manager|Impl|Utils?)(\\$.*)?"));
    }

    /** Checks a rule on all of core, which has to be there: a rule holds for no classes at all, too. */
    private static void check(ArchRule rule) {
        assertThat(topLevel().count())
                .as("classes in core")
                .isGreaterThanOrEqualTo(
                        FLOORS.stream().mapToLong(Floor::minimum).sum());
        rule.check(CORE);
    }

    private static Stream<JavaClass> topLevel() {
        return CORE.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"));
    }

    /** A package, the number of classes it has at least, and the other packages it may import. */
    private record Floor(String name, long minimum, List<String> below) {
        static Floor parse(String line) {
            List<String> words = List.of(line.split(" +"));
            return new Floor(words.get(0), Long.parseLong(words.get(1)), words.subList(2, words.size()));
        }

        long size() {
            return topLevel()
                    .filter(type -> type.getPackageName().equals(ROOT + name))
                    .count();
        }

        String[] reachable() {
            return Stream.concat(Stream.of(name), below.stream())
                    .map(ROOT::concat)
                    .toArray(String[]::new);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
