// What the offline page takes of Vega: to read a specification, to draw it, and to work out its expressions without making
// code of text, which the page's own policy forbids. vl-convert has these modules within it and puts them into one script.

import { View, parse } from "/npm/vega@6.2.0/+esm";
import { expressionInterpreter } from "/npm/vega-interpreter@2.0.0/+esm";

window.vega = { View, parse, expressionInterpreter };
