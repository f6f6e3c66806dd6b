"""What pages are made of; the only modules of the desk that draw with Streamlit."""
