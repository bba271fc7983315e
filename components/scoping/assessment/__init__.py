"""Can it be done, is it worth it, and is it right? What an assessment of an idea rests on."""
