import java.io.FileInputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.BaseValidator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * veraPDF's engine over files: Judge FLAVOUR:PROFILE... -- FILE..., a line for each of both.
 *
 * <p>A line is "profile TAB file TAB number of checks TAB what failed, in one line". The profiles
 * lie in the engine's jar as XML; its own way of reading them needs JAXB, which the jar leaves out.
 */
public class Judge {
  public static void main(String[] words) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    List<String> all = List.of(words);
    int end = all.indexOf("--");
    List<ValidationProfile> profiles = new ArrayList<>();
    List<PDFAFlavour> flavours = new ArrayList<>();
    for (String wanted : all.subList(0, end)) {
      String[] parts = wanted.split(":");
      flavours.add(PDFAFlavour.fromString(parts[0]));
      profiles.add(profile(parts[1], flavours.get(flavours.size() - 1)));
    }
    for (String file : all.subList(end + 1, all.size())) {
      List<ValidationResult> results = judged(file, flavours, profiles);
      for (ValidationProfile profile : profiles) {
        ValidationResult result = of(profile, results);
        System.out.println(profile.getDetails().getName() + "\t" + file + "\t" + told(result));
      }
    }
  }

  /** All profiles in one walk through the file: it is read and its objects are made once. */
  private static List<ValidationResult> judged(
      String file, List<PDFAFlavour> flavours, List<ValidationProfile> profiles) throws Exception {
    try (FileInputStream stream = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavours.get(0));
        PDFAValidator validator = new Validator(profiles)) {
      parser.setFlavours(flavours);
      return validator.validateAll(parser);
    }
  }

  private static ValidationResult of(ValidationProfile profile, List<ValidationResult> results) {
    for (ValidationResult result : results) {
      if (result.getPDFAFlavour() == profile.getPDFAFlavour()) {
        return result;
      }
    }
    throw new IllegalStateException("not judged: " + profile.getDetails().getName());
  }

  private static String told(ValidationResult result) {
    Set<String> failed = new TreeSet<>();
    for (TestAssertion one : result.getTestAssertions()) {
      if (one.getStatus() == TestAssertion.Status.FAILED) {
        failed.add(one.getRuleId().getClause() + " " + one.getMessage().replaceAll("\\s+", " "));
      }
    }
    return result.getTotalAssertions() + "\t" + String.join("; ", failed);
  }

  private static class Validator extends BaseValidator {
    Validator(List<ValidationProfile> profiles) {
      super(profiles);
    }
  }

  private static ValidationProfile profile(String name, PDFAFlavour flavour) throws Exception {
    String place = "/org/verapdf/pdfa/validation/" + name + ".xml";
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Judge.class.getResourceAsStream(place));
    Set<Rule> rules = new HashSet<>();
    for (Element rule : all(xml.getDocumentElement(), "rule")) {
      rules.add(rule(rule));
    }
    Set<Variable> variables = new HashSet<>();
    for (Element variable : all(xml.getDocumentElement(), "variable")) {
      variables.add(
          Profiles.variableFromValues(
              variable.getAttribute("name"),
              variable.getAttribute("object"),
              text(variable, "defaultValue"),
              text(variable, "value")));
    }
    return Profiles.profileFromValues(
        flavour,
        Profiles.profileDetailsFromValues(name, name, "", new Date(0)),
        "",
        rules,
        variables);
  }

  private static Rule rule(Element rule) throws Exception {
    Element id = all(rule, "id").get(0);
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber"))),
        rule.getAttribute("object"),
        rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
        rule.getAttribute("tags"),
        text(rule, "description"),
        text(rule, "test"),
        Profiles.errorFromValues(text(rule, "message"), arguments(rule)),
        new ArrayList<>());
  }

  private static List<ErrorArgument> arguments(Element rule) throws Exception {
    Class<?> kind = Class.forName("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl");
    List<ErrorArgument> made = new ArrayList<>();
    for (Method maker : kind.getDeclaredMethods()) {
      if (!maker.getName().equals("fromValues")) {
        continue;
      }
      maker.setAccessible(true);
      for (Element argument : all(rule, "argument")) {
        Object[] values = new Object[maker.getParameterCount()];
        values[0] = argument.getTextContent();
        if (values.length > 1 && argument.hasAttribute("name")) {
          values[1] = argument.getAttribute("name");
        }
        made.add((ErrorArgument) maker.invoke(null, values));
      }
      break;
    }
    return made;
  }

  private static List<Element> all(Element within, String name) {
    NodeList found = within.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int place = 0; place < found.getLength(); place++) {
      elements.add((Element) found.item(place));
    }
    return elements;
  }

  private static String text(Element within, String name) {
    List<Element> found = all(within, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent();
  }
}
