"""One definition for each chart: for the report, the web page and a notebook alike."""
