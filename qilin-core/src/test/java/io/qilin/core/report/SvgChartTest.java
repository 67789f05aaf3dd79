package io.qilin.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class SvgChartTest {
  private static final LocalDate START = LocalDate.of(2024, 1, 2);

  private static List<LocalDate> days(int count) {
    return IntStream.range(0, count).mapToObj(START::plusDays).toList();
  }

  private static Document parse(SvgChart chart) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whenDrawn_thenItIsWellFormedAndNamed() throws Exception {
    double[] values = IntStream.range(0, 200).mapToDouble(i -> i / 100.0).toArray();
    Document svg =
        parse(SvgChart.lines("Equity <净值>", days(200)).series("a & b", values).build());
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Equity <净值>");
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo("Lines from 2024-01-02 to 2024-07-19: a & b ends at 1.99.");
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void whenAValueIsMissing_thenTheLineBreaks() {
    String svg = SvgChart.lines("x", days(5))
        .series("x", new double[] {1, 2, Double.NaN, 3, 4})
        .build()
        .svg();
    String path = svg.substring(svg.indexOf(" d=\"") + 4, svg.indexOf("\" fill=\"none\""));
    assertThat(path.chars().filter(c -> c == 'M').count()).isEqualTo(2);
  }

  @Test
  void whenNothingIsKnown_thenItSaysSo() {
    double[] unknown = new double[3];
    Arrays.fill(unknown, Double.NaN);
    assertThat(SvgChart.lines("x", days(3)).series("x", unknown).build().svg()).contains("no data");
  }

  @Test
  void whenFractions_thenTheAxisIsInPercent() {
    String svg = SvgChart.lines("x", days(3))
        .percent()
        .series("x", new double[] {-0.1, 0, 0.1})
        .build()
        .svg();
    assertThat(svg).contains(">-10%<", ">0%<", ">10%<", "class=\"zero\"");
  }

  @Test
  void whenTheSpanGrows_thenTheTicksBecomeCoarser() {
    assertThat(DateTicks.of(days(5)))
        .extracting(DateTicks.Tick::label)
        .startsWith("01-02")
        .hasSize(5);
    assertThat(DateTicks.of(days(200))).extracting(DateTicks.Tick::label).startsWith("2024-02");
    assertThat(DateTicks.of(days(1900)))
        .extracting(DateTicks.Tick::label)
        .containsExactly("2025", "2026", "2027", "2028", "2029");
    assertThat(DateTicks.of(days(20000)).size()).isLessThanOrEqualTo(9);
  }

  @Test
  void whenValuesAreRound_thenTicksAre() {
    assertThat(AxisTicks.around(0, 1, 5).values())
        .containsExactly(0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0);
    assertThat(AxisTicks.around(3, 3, 5).low()).isLessThan(3);
    assertThat(AxisTicks.around(0, 1e300, 5).values().size()).isLessThan(12);
  }

  @Test
  void whenBarsAreNegative_thenTheyGrowToTheLeft() throws Exception {
    SvgChart chart = SvgChart.bars("IC")
        .bar("MA5", 0.05)
        .bar("KMID", -0.1)
        .bar("ROC60", Double.NaN)
        .build();
    Document svg = parse(chart);
    var rects = svg.getElementsByTagName("rect");
    double zero =
        Double.parseDouble(rects.item(0).getAttributes().getNamedItem("x").getNodeValue());
    double left =
        Double.parseDouble(rects.item(1).getAttributes().getNamedItem("x").getNodeValue());
    double width =
        Double.parseDouble(rects.item(1).getAttributes().getNamedItem("width").getNodeValue());
    assertThat(left + width).isCloseTo(zero, org.assertj.core.api.Assertions.within(0.2));
    assertThat(chart.svg()).contains(">0.050<", ">-0.100<", ">–<");
  }

  @Test
  void whenSeriesAndDaysDisagree_thenRefused() {
    assertThatThrownBy(() -> SvgChart.lines("x", days(3)).series("s", new double[2]))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("2 values for 3 days");
    assertThatThrownBy(() -> SvgChart.lines("x", List.of())).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> SvgChart.lines("x", days(1)).build())
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> SvgChart.bars("x").build()).isInstanceOf(QilinException.class);
  }

  @Property
  void whenValuesAreAnything_thenTheChartIsWellFormed(
      @ForAll @Size(min = 1, max = 30) double[] values, @ForAll String name) throws Exception {
    SvgChart.BarBuilder bars = SvgChart.bars(name);
    for (double value : values) {
      bars.bar(name, value);
    }
    parse(bars.build());
    parse(SvgChart.lines(name, days(values.length)).series(name, values).build());
  }

  @Test
  void whenBarsAreDrawn_thenEachFiniteValueIsOneFromZero() throws Exception {
    SvgChart chart = SvgChart.lines("IC", days(4))
        .bars("IC", new double[] {0.1, Double.NaN, -0.2, 0.3})
        .series("mean", new double[] {0.1, 0.1, 0, 0.1})
        .build();
    assertThat(parse(chart).getElementsByTagName("path").getLength()).isEqualTo(2);
    String path = chart.svg().substring(chart.svg().indexOf(" d=\"") + 4);
    path = path.substring(0, path.indexOf('"'));
    assertThat(path.chars().filter(c -> c == 'V').count()).isEqualTo(3);
  }

  @Test
  void whenAHeatMapIsDrawn_thenKnownCellsBearColourAndValue() throws Exception {
    SvgChart chart = SvgChart.heatMap("Monthly IC", List.of("Jan", "Feb", "Mar"))
        .row("2023", new double[] {Double.NaN, 0.05, -0.1})
        .row("2024", new double[] {0, Double.POSITIVE_INFINITY, 0.02})
        .build();
    Document svg = parse(chart);
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(4);
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo("Cells by row: 2023: Feb +0.05, Mar -0.10; 2024: Jan 0.00, Mar +0.02.");
    assertThat(chart.svg()).contains("class=\"s1\"", "fill-opacity=\"0.62\"");
  }

  @Test
  void whenAHeatMapIsIncomplete_thenRefused() {
    assertThatThrownBy(() -> SvgChart.heatMap("x", List.of())).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> SvgChart.heatMap("x", List.of("a")).build())
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> SvgChart.heatMap("x", List.of("a")).row("r", new double[2]))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> SvgChart.heatMap("x", List.of("a")).decimals(16))
        .isInstanceOf(QilinException.class);
  }
}
