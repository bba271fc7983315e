"""What the server is made of beside the screens: what it opens once, what each answer carries, what browsers ask every second."""
